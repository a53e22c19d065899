/**
 * Playwright drives an ordinary Firefox by WebDriver BiDi, and always sends one command that Firefox 153 does not know:
 * then nothing starts. No test asks for a colour scheme in Firefox, so that command is answered here.
 */
import { createRequire } from "node:module";
import { z } from "zod";

const unknown = "emulation.setMediaFeaturesOverride";

/** What Playwright's own WebSocket is, as far as it is used here. */
interface Socket {
  emit(event: "message", data: Buffer, isBinary: boolean): boolean;
}

type Send = (this: Socket, data: unknown, ...rest: readonly unknown[]) => void;

const commandSchema = z.object({ id: z.number(), method: z.string() });

/**
 * Makes Playwright start Firefox. Once a process, before its first browser. Throws where this Playwright has no such
 * socket.
 */
export function answerUnknownCommand(): void {
  const bundle: unknown = createRequire(createRequire(import.meta.url).resolve("playwright"))(
    "playwright-core/lib/utilsBundle",
  );
  const socketClass: unknown = Reflect.get(Object(bundle), "ws");
  const prototype: unknown = typeof socketClass === "function" ? socketClass.prototype : undefined;
  if (typeof prototype !== "object" || prototype === null)
    throw new Error("Playwright's WebSocket is not where it was");
  const send: unknown = Reflect.get(prototype, "send");
  if (typeof send !== "function") throw new Error("Playwright's WebSocket has no send");
  const wrapped: Send = function (data, ...rest) {
    const id = typeof data === "string" ? unknownCommand(data) : undefined;
    if (id === undefined) return send.call(this, data, ...rest);
    const answer = Buffer.from(JSON.stringify({ type: "success", id, result: {} }));
    queueMicrotask(() => this.emit("message", answer, false));
  };
  Reflect.set(prototype, "send", wrapped);
}

/** The number of such a command. */
function unknownCommand(text: string): number | undefined {
  if (!text.includes(unknown)) return undefined;
  const parsed = commandSchema.safeParse(JSON.parse(text));
  return parsed.success && parsed.data.method === unknown ? parsed.data.id : undefined;
}
