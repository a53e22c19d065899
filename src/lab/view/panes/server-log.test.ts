import headless from "@xterm/headless";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ServerLog, withoutBreaks } from "./server-log.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

/** A real terminal's rows, and what it shows of these pieces. */
async function shown(pieces: readonly string[], size = { columns: 40, rows: 12 }, tidy = true) {
  const terminal = new headless.Terminal({
    cols: size.columns,
    rows: size.rows,
    convertEol: true,
    scrollback: 1000,
    allowProposedApi: true,
  });
  const log = new ServerLog(() => size);
  for (const piece of pieces) {
    await new Promise<void>((done) => terminal.write(tidy ? log.write(bytes(piece)) : piece, done));
  }
  const { active } = terminal.buffer;
  const lines: string[] = [];
  const onScreen: string[] = [];
  for (let row = 0; row < active.length; row++) {
    const line = active.getLine(row);
    const text = line?.translateToString(true) ?? "";
    onScreen.push(text);
    if (line?.isWrapped) lines.push((lines.pop() ?? "") + text);
    else lines.push(text);
  }
  const rows = lines.join("\n").trimEnd().split("\n");
  return { rows, text: withoutBreaks(rows.join("\n")), onScreen };
}

const flask = (request: string, at: string) => `127.0.0.1 - - [29/Nov/2026 19:33:${at}] "${request} HTTP/1.1" 200 -\n`;

describe("ServerLog", () => {
  it("breaks lines between words, and gives them back whole to whoever copies", async () => {
    const line = "[2026-11-29 19:33:11 +0000] [41] [INFO] Listening at: http://0.0.0.0:8000 (41)";
    const { rows, text } = await shown([`${line}\n`]);
    expect(rows.map((row) => row.replace("\u200b", "").trimEnd())).toEqual([
      "[2026-11-29 19:33:11 +0000] [41] [INFO]",
      "Listening at: http://0.0.0.0:8000 (41)",
    ]);
    expect(text).toBe(line);
  });

  it("makes one line of those that say the same, with their number, the last one's time", async () => {
    const many = Array.from({ length: 1316 }, () => flask("GET /", "11"));
    const { text } = await shown([...many, flask("GET /", "12"), flask("GET /slow", "12"), "done\n"]);
    expect(text.split("\n")).toEqual([
      `${flask("GET /", "12").trim()} × 1,317`,
      flask("GET /slow", "12").trim(),
      "done",
    ]);
  });

  it("counts each kind of request where they take turns, and begins anew after another line", async () => {
    const turn = flask("GET /", "11") + flask("GET /io", "11");
    const { text } = await shown([turn, turn, "[WARNING] busy\n", turn]);
    expect(text.split("\n").map((line) => line.replace(/^.*"(.*) HTTP\/1.1" 200 -/, "$1"))).toEqual([
      "GET / × 2",
      "GET /io × 2",
      "[WARNING] busy",
      "GET /",
      "GET /io",
    ]);
  });

  it("leaves a group that no longer fits the screen", async () => {
    const paths = ["/a", "/b", "/c", "/d", "/e"];
    const turn = paths.map((path) => flask(`GET ${path}`, "11")).join("");
    const { text } = await shown([turn, turn, turn], { columns: 30, rows: 6 });
    const count = (path: string) =>
      text
        .split("\n")
        .filter((line) => line.includes(`GET ${path} `))
        .reduce((sum, line) => sum + Number(/× (\d+)$/.exec(line)?.[1] ?? 1), 0);
    expect(paths.map(count)).toEqual([3, 3, 3, 3, 3]);
  });

  it("lets time stamps stand back, but none that has a colour of its own", () => {
    const log = new ServerLog(() => ({ columns: 200, rows: 10 }));
    const dimmed = (line: string) =>
      log
        .write(bytes(`${line}\n`))
        .split("\x1b[90m")[1]
        ?.split("\x1b[39m")[0];
    expect(dimmed("[2026-11-29 19:33:11 +0000] [41] [INFO] Booting")).toBe("[2026-11-29 19:33:11 +0000]");
    expect(dimmed("2026-11-29 19:33:11,123 INFO app: hello")).toBe("2026-11-29 19:33:11,123");
    expect(dimmed(flask("GET /", "11").trim())).toBe("[29/Nov/2026 19:33:11]");
    expect(dimmed("Nov 29 19:33:11 shop systemd[1]: Started")).toBe("Nov 29 19:33:11");
    expect(dimmed("*** Starting uWSGI on [Sun Nov 29 19:33:11 2026] ***")).toBe("[Sun Nov 29 19:33:11 2026]");
    expect(dimmed("\x1b[31m2026-11-29 19:33:11 failed\x1b[0m")).toBeUndefined();
    expect(dimmed("It answered 2026 times")).toBeUndefined();
  });

  it("passes on what a program draws: prompts, moved cursors, the other screen", () => {
    const passes = (...pieces: string[]) => {
      const log = new ServerLog(() => ({ columns: 10, rows: 10 }));
      return pieces.map((piece) => log.write(bytes(piece))).join("") === pieces.join("");
    };
    expect(passes("Type a name: ", "somebody with a long name\n")).toBe(true);
    expect(passes("10 % of it all\r20 % of it all\n")).toBe(true);
    expect(passes("\x1b[2Aa line of many words\n")).toBe(true);
    expect(passes("\x1b[?10", "49h", "one line of many words\n", "another line of words\n", "\x1b[?1049l")).toBe(true);
    expect(passes("世界 and so on and on\n")).toBe(true);
    expect(passes("a line of many words\n")).toBe(false);
  });

  it("a text in pieces is decoded as a whole", async () => {
    const log = new ServerLog(() => ({ columns: 80, rows: 10 }));
    const whole = bytes("café\n");
    expect(log.write(whole.slice(0, 4)) + log.write(whole.slice(4))).toBe("café\n");
  });

  it("shows what a plain terminal shows, but for its breaks, whatever comes in whichever pieces", async () => {
    const word = fc.stringMatching(/^[a-z]{1,18}$/);
    const line = fc.array(word, { minLength: 0, maxLength: 8 }).map((words) => `${words.join(" ")}\n`);
    const coloured = line.map((text) => `\x1b[32m${text.trimEnd()}\x1b[0m\n`);
    const open = word.map((text) => `${text}> `);
    const pieces = fc.array(fc.oneof(line, coloured, open), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(pieces, fc.integer({ min: 8, max: 40 }), async (texts, columns) => {
        const size = { columns, rows: 10 };
        const tidy = await shown(texts, size);
        const raw = await shown(texts, size, false);
        expect(tidy.text.replace(/ /g, "")).toBe(raw.text.replace(/ /g, ""));
      }),
      { numRuns: 100 },
    );
  });

  it("cuts no word that a row has room for", async () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(words, fc.integer({ min: 12, max: 30 }), async (line, columns) => {
        const { onScreen } = await shown([`${line.join(" ")}\n`], { columns, rows: 20 });
        expect(onScreen.flatMap((row) => row.match(/[a-z]+/g) ?? [])).toEqual(line);
      }),
      { numRuns: 50 },
    );
  });
});
