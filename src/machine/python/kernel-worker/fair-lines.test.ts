import { describe, expect, test } from "vitest";
import { FairLines } from "./fair-lines.ts";

/** Lines whose clock moves only while a message is heard, which takes a millisecond. */
function lines() {
  let now = 0;
  const turns: (() => void)[] = [];
  const heard: string[] = [];
  const flooded: string[] = [];
  const fair = new FairLines<string>({ now: () => now, soon: (act) => turns.push(act) });
  const open = (host: string, name: string) => {
    const line = fair.open(
      host,
      (message) => {
        now += 1;
        heard.push(`${name}${message}`);
      },
      () => {
        flooded.push(name);
        line.close();
      },
    );
    return line;
  };
  const turn = () => {
    const act = turns.shift();
    act?.();
    return act !== undefined;
  };
  const pass = (milliseconds: number) => {
    now += milliseconds;
  };
  return { open, heard, flooded, turn, pass };
}

describe("lines", () => {
  test("are heard at once as long as there is time", () => {
    const { open, heard, turn, pass } = lines();
    const one = open("a", "1:");
    for (let count = 0; count < 100; count += 1) {
      one.arrived(String(count));
      pass(3);
    }
    expect(heard).toHaveLength(100);
    expect(turn()).toBe(false);
  });

  test("wait where their host says too much, keep their order, and leave others theirs", () => {
    const { open, heard, turn } = lines();
    const flood = open("a", "flood:");
    const other = open("b", "other:");
    for (let count = 0; count < 50; count += 1) flood.arrived(String(count));
    expect(heard).toHaveLength(8);
    other.arrived("0");
    expect(heard.at(-1)).toBe("other:0");
    turn();
    // Between two turns everything else happens.
    expect(heard.length).toBeLessThan(20);
    while (turn());
    expect(heard.filter((each) => each.startsWith("flood")).map((each) => Number(each.slice(6)))).toEqual(
      Array.from({ length: 50 }, (_, count) => count),
    );
  });

  test("that wait take turns, one host after the other and one process after the other", () => {
    const { open, heard, turn } = lines();
    const [one, two, three] = [open("a", "1:"), open("a", "2:"), open("b", "3:")];
    const say = (line: typeof one, ...messages: string[]) => {
      for (const message of messages) line.arrived(message);
    };
    say(one, ...new Array(8).fill("now"));
    say(one, "0", "1", "2");
    say(two, "0", "1", "2");
    say(three, ...new Array(8).fill("now"));
    say(three, "0", "1", "2");
    heard.splice(0, 16);
    while (turn());
    expect(heard).toEqual(["1:0", "3:0", "2:0", "3:1", "1:1", "3:2", "2:1", "1:2", "2:2"]);
  });

  test("that are flooded are told of, once, and then silent", () => {
    const { open, heard, flooded, turn } = lines();
    const flood = open("a", "flood:");
    const quiet = open("a", "quiet:");
    for (let count = 0; count < 10_000; count += 1) flood.arrived("x");
    expect(flooded).toEqual(["flood:"]);
    heard.length = 0;
    quiet.arrived("0");
    while (turn());
    expect(heard).toEqual(["quiet:0"]);
  });
});
