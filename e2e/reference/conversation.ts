/** One client's talk with a server, byte by byte; the same natively and in the page. */
import type { Connection } from "../../src/machine/machine.ts";

/** What the client does next. */
export type Part =
  /** Sends a text, or many times the same. */
  | { readonly send: string; readonly times?: number }
  /** Reads until the server has sent this. */
  | { readonly until: string }
  /** Sends no more, and still reads. */
  | { readonly end: true }
  /** Does nothing for a while, in milliseconds. */
  | { readonly pause: number };

/** What the server sent, one character a byte, and how it ended. */
export interface Said {
  readonly text: string;
  /** The server closed; the connection broke; neither for a while, and the client has left. */
  readonly ending: "closed" | "reset" | "open";
}

/** How long a client listens to silence, in milliseconds. */
const patience = 3000;

/** Plays the client. */
export async function converse(connection: Connection, parts: readonly Part[]): Promise<Said> {
  let text = "";
  let ending: Said["ending"] | undefined;
  let news = Promise.withResolvers<void>();
  const tell = () => {
    news.resolve();
    news = Promise.withResolvers();
  };
  const listen = async () => {
    try {
      for (let bytes = await connection.read(); bytes !== null; bytes = await connection.read()) {
        for (const byte of bytes) text += String.fromCharCode(byte);
        tell();
      }
      ending = "closed";
    } catch {
      ending = "reset";
    }
    tell();
  };
  const silence = async (enough: () => boolean) => {
    while (!enough() && ending === undefined) {
      const before = text.length;
      await Promise.race([news.promise, pause(patience)]);
      if (text.length === before) return;
    }
  };
  void listen();
  for (const part of parts) {
    if ("send" in part) {
      // A server that has had enough closes while we write: what it said is what counts.
      await connection.write(bytesOf(part.send.repeat(part.times ?? 1))).catch(() => {});
    } else if ("until" in part) await silence(() => text.includes(part.until));
    else if ("pause" in part) await pause(part.pause);
    else connection.end();
  }
  await silence(() => false);
  connection.close();
  return { text, ending: ending ?? "open" };
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
