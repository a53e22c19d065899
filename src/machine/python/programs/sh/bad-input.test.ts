/** What students type by accident: the shell says what is wrong in its own words, adds a line of help where the cause is known, and lives. */
import { afterEach, describe, expect, test } from "vitest";
import { NativeComputer } from "../../native/testing/native-computer.ts";

const computers: NativeComputer[] = [];

function computer(): NativeComputer {
  const made = new NativeComputer();
  computers.push(made);
  return made;
}

afterEach(() => {
  for (const { host } of computers.splice(0)) host.stop();
});

/** A shell with a prompt. */
class Prompt {
  readonly #shell: ReturnType<NativeComputer["start"]>;
  #lines = 0;

  constructor(readonly computer: NativeComputer) {
    this.#shell = computer.start("bash");
  }

  type(keys: string): void {
    this.#shell.terminal.input(new TextEncoder().encode(keys));
  }

  get exit() {
    return this.#shell.exit;
  }

  get shown(): string {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
    return this.#shell.shown().replace(/\x1b\[[0-9;]*[A-Za-z]|\r| {10,}/g, "");
  }

  async sees(text: string): Promise<string> {
    await expect.poll(() => this.shown, { timeout: 8000, interval: 5 }).toContain(text);
    return this.shown;
  }

  /** Runs a line to its end. All that was shown until then. */
  async run(line: string): Promise<string> {
    this.#lines += 1;
    this.type(`${line}; echo over-$((${this.#lines} + 0))-\r`);
    return this.sees(`over-${this.#lines}-\n`);
  }
}

describe("a pasted line", () => {
  test.each([
    ["$ flask run", "$: command not found", "that sign is the prompt"],
    ["% flask run", "%: command not found", "that sign is the prompt"],
    ["❯ ls", "❯: command not found", "that sign is the prompt"],
    ["(venv) $ flask run", "syntax error near unexpected token `$'", "that sign is the prompt"],
    ["(.venv) ann@pc:~/app$ flask run", "syntax error near unexpected token", "that sign is the prompt"],
    ["ann@pc:~$ flask run", "ann@pc:~$: command not found", "that sign is the prompt"],
    ["C:\\Users\\ann> flask run", "command not found", "that is the prompt of Windows"],
    ["PS C:\\app> flask run", "PS: command not found", "that is the prompt of Windows"],
    [">>> print(1)", "syntax error near unexpected token `>'", "that is the prompt of Python"],
    ["... x = 1", "...: command not found", "that is the prompt of Python"],
    ["In [1]: x", "In: command not found", "that is the prompt of IPython"],
    ["ls\u00a0/tmp", "ls\u00a0/tmp: No such file or directory", "there is a non-breaking space in it"],
    ["ls\u200b", "ls\u200b: command not found", "a character in it that cannot be seen"],
    ["ls \u2013l", "ls: cannot access '\u2013l'", "the dash is that of a printed text"],
    ["grep \u201ca b\u201d nothing", "No such file or directory", "the quotes are those of a printed text"],
  ])("%j", async (line, message, help) => {
    const prompt = new Prompt(computer());
    prompt.type(`${line}\r`);
    const shown = await prompt.sees(help);
    expect(shown).toContain(message);
    expect(shown.split(help).length - 1, "help comes once").toBe(1);
  });
});

describe("a script with carriage returns", () => {
  const run = async (script: string) => {
    const here = computer();
    here.write("start.sh", script);
    return (await here.sh("sh start.sh")).output.replaceAll("\r", "\\r");
  };
  test("is told what it has where a command is not found", async () => {
    expect(await run("ls\r\n")).toBe(
      "start.sh: 1: ls\\r: not found\nstart.sh: 1: the line ends with a carriage return, as files from Windows do: sed -i 's/\\r$//' FILE takes them away\n",
    );
  });
  test("is told so after a syntax error, or another", async () => {
    const help = "start.sh: the lines of this script end with carriage returns, as files from Windows do:";
    const branches = await run("if true\r\nthen\r\n  echo hi\r\nfi\r\n");
    expect(branches).toContain("Syntax error");
    expect(branches).toContain(help);
    const folder = await run("cd /tmp\r\n");
    expect(folder).toContain("can't cd to /tmp");
    expect(folder).toContain(help);
  });
  test("prints them where they do no harm, without a word", async () => {
    expect(await run("echo hi\r\n")).toBe("hi\\r\n");
  });
});

test("a shell with stopped jobs is left at the second try, and told of each stop once", async () => {
  const prompt = new Prompt(computer());
  await prompt.sees("$ ");
  prompt.type("sleep 1000\r");
  await expect.poll(() => prompt.computer.host.processes.get().length).toBe(2);
  prompt.type("\x1a");
  await prompt.sees("Stopped");
  await prompt.run("jobs > /dev/null");
  expect(prompt.shown.split("Stopped").length - 1).toBe(1);
  prompt.type("exit\r");
  await prompt.sees("There are stopped jobs.\n");
  await prompt.run("echo $?");
  prompt.type("exit\rexit\r");
  expect(await prompt.exit).toMatchObject({ kind: "exited" });
});

test("a line is a line, whatever word it is, and may name others that were typed before", async () => {
  const prompt = new Prompt(computer());
  await prompt.sees("$ ");
  for (const word of ["end", "interrupt", "nothing"]) {
    prompt.type(`${word}\r`);
    await prompt.sees(`${word}: command not found`);
  }
  prompt.type("echo one two\r");
  await prompt.sees("\none two\n");
  prompt.type("echo again !$\r");
  expect(await prompt.sees("\nagain two\n")).toContain("echo again two\n");
  prompt.type("!missing\r");
  await prompt.sees("!missing: event not found");
});

describe("too much", () => {
  test("a loop without end is ended by ^C, and the next line runs", async () => {
    const prompt = new Prompt(computer());
    await prompt.sees("$ ");
    prompt.type("while :; do x=$((x + 1)); done\r");
    await new Promise((resolve) => setTimeout(resolve, 100));
    prompt.type("\x03");
    await prompt.run("echo still-$?");
    expect(prompt.shown).toContain("still-130\n");
  });

  test("10 MB go through pipes, and into a file", async () => {
    const { output } = await computer().sh("yes 0123456789 | head -c 10000000 | tee copy | cat | wc -c; wc -c < copy");
    expect(output).toBe("10000000\n10000000\n");
  }, 20_000);

  test("a line of 100 kB is a line like others, in a script and typed", async () => {
    const here = computer();
    const long = "a".repeat(100_000);
    here.write("long.sh", `x=${long}; echo \${#x}; echo "$x" | wc -c; echo ${long} | grep -c a\n`);
    expect((await here.sh("sh long.sh")).output).toBe("100000\n100001\n1\n");
    const prompt = new Prompt(here);
    await prompt.sees("$ ");
    prompt.type(`x=${long}\r`);
    await prompt.run("echo typed-$((${" + "#x}))");
    expect(prompt.shown).toContain("typed-100000\n");
  }, 20_000);

  test("a fork bomb fills the computer's table and no more, the prompt answers, and it can be ended", async () => {
    const here = computer();
    const prompt = new Prompt(here);
    await prompt.sees("$ ");
    prompt.type("bomb() { bomb | bomb & }; bomb\r");
    const count = () => here.host.processes.get().length;
    await expect.poll(count, { timeout: 8000, interval: 5 }).toBe(64);
    await prompt.run("echo alive");
    expect(await prompt.run("ls /tmp")).toContain("fork: Resource temporarily unavailable");
    // What waits for room is asleep: hardly a process begins in half a second.
    const pids = new Set(here.host.processes.get().map(({ pid }) => pid));
    await new Promise((resolve) => setTimeout(resolve, 500));
    const fresh = here.host.processes.get().filter(({ pid }) => !pids.has(pid));
    expect(fresh.length).toBeLessThan(64);
    here.host.stop();
    await expect.poll(count, { timeout: 8000, interval: 5 }).toBe(0);
  }, 30_000);
});
