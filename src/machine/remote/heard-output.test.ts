import { expect, it } from "vitest";
import { HeardOutput } from "./heard-output.ts";

it("tells of an end when the page has heard all that came before it, also where the page is gone", async () => {
  const output = new HeardOutput();
  const slow = Promise.withResolvers<void>();
  const events: string[] = [];
  const listener = async (bytes: Uint8Array) => {
    if (bytes[0] === 3) throw new Error("The page is gone");
    if (bytes[0] === 2) await slow.promise;
    events.push(`heard ${bytes[0]}`);
  };
  for (const byte of [1, 2, 3]) void output.emit(listener, new Uint8Array([byte]));
  const end = output.before(Promise.resolve("exit")).then((how) => events.push(how));
  await new Promise((resolve) => setTimeout(resolve));
  expect(events).toEqual(["heard 1"]);
  slow.resolve();
  await end;
  expect(events).toEqual(["heard 1", "heard 2", "exit"]);
});
