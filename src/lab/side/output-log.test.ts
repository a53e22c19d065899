import { describe, expect, it } from "vitest";
import { OutputLog } from "./output-log.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

function reader() {
  let text = "";
  return {
    write: (chunk: Uint8Array) => {
      text += new TextDecoder().decode(chunk);
    },
    clear: () => {
      text = "";
    },
    text: () => text,
  };
}

describe("OutputLog", () => {
  it("shows a late terminal everything, then what comes", () => {
    const log = new OutputLog();
    log.write(bytes("one "));
    const late = reader();
    const leave = log.subscribe(late);
    log.write(bytes("two"));
    expect(late.text()).toBe("one two");
    leave();
    log.write(bytes("three"));
    expect(late.text()).toBe("one two");
  });

  it("drops the oldest output", () => {
    const log = new OutputLog();
    for (let number = 0; number < 30; number++) log.write(bytes(String(number % 10).repeat(50_000)));
    const late = reader();
    log.subscribe(late);
    expect(late.text().length).toBe(1_000_000);
    expect(late.text().endsWith("9")).toBe(true);
  });

  it("forgets when cleared", () => {
    const log = new OutputLog();
    const open = reader();
    log.subscribe(open);
    log.write(bytes("x"));
    log.clear();
    const late = reader();
    log.subscribe(late);
    expect([open.text(), late.text()]).toEqual(["", ""]);
  });
});
