/** Plays a case on a computer of the machine under test, and notes what differs from what was seen natively. */
import { parseCommand } from "../../src/lab/command/parse-command-line.ts";
import { type Signal, signalNumbers } from "../../src/machine/machine.ts";
import type {
  Case,
  CaseRequest,
  CaseStep,
  EndsStep,
  RequestStep,
  RunStep,
  ShellStep,
  SignalStep,
  SleepStep,
  StartStep,
  TerminalStep,
  TypeStep,
} from "./case-steps.ts";
import { home, type PageComputer, type Running } from "./machine.ts";
import { type ScreenPlace, ShownScreen } from "./shown-screen.ts";

/** What was checked, and what differs: a sentence for each. */
export interface CaseResult {
  readonly checks: number;
  readonly differences: readonly string[];
  /** What was done and seen, for whoever looks into a difference. */
  readonly transcript: string;
}

/** How long a step may take unless it says so, in seconds. The page has less of the processor than natively. */
const patience = { start: 25, run: 60, ends: 20, terminal: 20, rest: 15, begin: 3, typed: 10, more: 15 };

/** Every terminal of a case, in characters. */
const size = { columns: 100, rows: 24 };

/** Where a command's output and exit status are put: it must see no terminal. */
const collected = "/tmp/.case-output";

/** Plays all steps, also after one that differs. The project is in a folder of the case's name, the home of whoever works with it. */
export async function playCase({ name, files, steps }: Case, computer: PageComputer): Promise<CaseResult> {
  const folder = `${home}/${name}`;
  for (const { path, content } of files) await computer.write(`${folder}/${path}`, content.toString());
  const player = new Player(computer, folder);
  for (const [index, step] of steps.entries()) await player.play(index + 1, step);
  return { checks: player.checks, differences: player.differences, transcript: player.transcript.join("\n") };
}

class Player {
  checks = 0;
  readonly differences: string[] = [];
  readonly transcript: string[] = [];
  readonly #terminals = new Map<string, Running>();
  readonly #screens = new Map<string, FollowedScreen>();
  readonly #cookies = new Map<string, string>();
  /** Up to where each terminal's output was waited for. */
  readonly #heard = new Map<string, number>();
  #number = 0;

  constructor(
    private readonly computer: PageComputer,
    private readonly folder: string,
  ) {}

  async play(number: number, step: CaseStep): Promise<void> {
    this.#number = number;
    try {
      await this.#perform(step);
    } catch (error) {
      this.#check(false, error instanceof Error ? error.message : String(error));
    }
  }

  async #perform(step: CaseStep): Promise<void> {
    if ("start" in step) await this.#start(step);
    else if ("run" in step) await this.#run(step);
    else if ("shell" in step) await this.#shell(step);
    else if ("type" in step) await this.#type(step);
    else if ("request" in step) await this.#request(step);
    else if ("signal" in step) await this.#signal(step);
    else if ("ends" in step) await this.#ends(step);
    else if ("terminal" in step) await this.#terminal(step);
    else if ("write" in step) await this.computer.write(`${this.folder}/${step.write}`, step.text);
    else if ("sleep" in step) await this.#sleep(step);
    else throw new Error(`The player has no such step: ${JSON.stringify(step)}`);
  }

  async #start({ start, as = "server", until, within = patience.start, cwd = "", env }: StartStep): Promise<void> {
    const parsed = parseCommand(start);
    if (!parsed.ok) throw new Error(`Not one command: ${start}`);
    this.#say(`$ ${start}`);
    const program = await this.computer.start(parsed.command.argv, {
      cwd: `${this.folder}/${cwd}`.replace(/\/$/, ""),
      env: { HOME: this.folder, ...parsed.command.env, ...env },
      size,
    });
    this.#terminals.set(as, program);
    if (until === undefined) return;
    const shown = await this.#shown(program, [until], within);
    this.#check(shown.includes(until), `${as} never printed ${quoted(until)}: ${shown}`);
    this.#heard.set(as, shown.indexOf(until) + until.length);
    await this.#rest(patience.begin);
  }

  /** Natively the pause is long enough for what it waits for. Here the programs also get the time until they rest. */
  async #sleep({ sleep, until, of = "server" }: SleepStep): Promise<void> {
    if (until === undefined) await pause(sleep);
    else await this.#shownAnew(of, until, sleep + patience.rest);
    await this.#rest(patience.rest);
  }

  /** Waits until a terminal shows a text behind the place where one was last waited for. */
  async #shownAnew(name: string, text: string, seconds: number): Promise<void> {
    const begin = this.#heard.get(name) ?? 0;
    const program = this.#started(name);
    const anew = new RegExp(`^[^]{${begin}}[^]*?${escaped(text)}`);
    const shown = await program.prints(anew, seconds * 1000).catch(() => undefined);
    this.#check(shown !== undefined, `${name} did not print ${quoted(text)} anew: ${await program.output()}`);
    if (shown !== undefined) this.#heard.set(name, shown.indexOf(text, begin) + text.length);
  }

  /**
   * Waits until all programs wait, at most so many seconds. On two busy cores what a program does natively in the blink
   * between two steps takes longer: a reloader has not looked at the files for the first time when the first edit
   * comes, or has not restarted at the next.
   */
  async #rest(seconds: number): Promise<void> {
    await this.computer.rests(seconds * 1000);
  }

  async #run(step: RunStep): Promise<void> {
    const { run, exit, within = patience.run, cwd = "", env } = step;
    const began = performance.now();
    // The output goes into a pipe, as natively: a program that finds a file or a terminal there prints otherwise.
    const line = `{ ${step.with ?? "sh"} -c "$CASE_LINE"; echo $? > ${collected}.status; } 2>&1 </dev/null | cat > ${collected}`;
    const program = await this.computer.start(["sh", "-c", line], {
      cwd: `${this.folder}/${cwd}`.replace(/\/$/, ""),
      env: { HOME: this.folder, ...env, CASE_LINE: run },
    });
    let status: number | "still running";
    try {
      await program.exit(within * 1000);
      status = Number(await this.computer.read(`${collected}.status`));
    } catch {
      // What it has printed until then says more than that it has not ended.
      status = "still running";
      await this.#killWithDescendants(program.pid);
    }
    const output = await this.computer.read(collected).catch(() => "");
    this.#say(`$ ${run}\n${output}(exit ${status}, ${((performance.now() - began) / 1000).toFixed(2)} s)`);
    if (exit !== undefined) this.#check(status === exit, `${run}: exit ${status}, not ${exit}: ${output}`);
    this.#texts(run, output, {
      exact: step.out,
      contains: step.out_contains,
      excludes: step.out_excludes,
      matches: step.out_matches,
    });
  }

  async #shell({ shell, as = "shell" }: ShellStep): Promise<void> {
    this.#say(`a shell with a prompt: ${shell}`);
    const argv = shell === "bash" ? ["bash", "--norc", "--noprofile", "-i"] : ["sh", "-i"];
    const env = { HOME: this.folder, PS1: "$ ", PS2: "> " };
    const program = await this.computer.start(argv, { cwd: this.folder, env, size });
    this.#terminals.set(as, program);
    this.#screens.set(as, new FollowedScreen(program));
    await program.prints(/\$ /, patience.start * 1000);
  }

  async #type(step: TypeStep): Promise<void> {
    const { type, to = "shell", raw = false, within = patience.typed } = step;
    const program = this.#started(to);
    const screen = this.#screens.get(to);
    if (!screen) throw new Error(`${to} is no shell`);
    const begin = await screen.begin();
    await program.type(raw ? type : `${type}\n`);
    const ready = await screen.until(begin, step, within);
    const expected = {
      exact: step.out,
      contains: step.out_contains,
      excludes: step.out_excludes,
      matches: step.out_matches,
    };
    // Natively the time is enough for a program to begin and to wait. Here it gets what it needs.
    const end = performance.now() + (ready ? patience.begin : patience.more) * 1000;
    while (!meets(await screen.textSince(begin), expected) && performance.now() < end) await pause(0.1);
    if (!ready) await this.#rest(patience.rest);
    const seen = await screen.textSince(begin);
    this.#say(`typed ${quoted(type)}\n${seen}`);
    this.#texts(`typed ${quoted(type)}`, seen, expected);
  }

  async #killWithDescendants(pid: number): Promise<void> {
    const children = await this.computer.childrenOf(pid);
    await this.computer.kill(pid, "SIGKILL");
    for (const child of children) await this.#killWithDescendants(child);
  }

  async #request(step: RequestStep): Promise<void> {
    const asked = step.request;
    const where = `${asked.method ?? "GET"} ${asked.path}`;
    const headers = Object.entries(asked.headers ?? {});
    if (!headers.some(([name]) => name.toLowerCase() === "host")) headers.unshift(["Host", `127.0.0.1:${asked.port}`]);
    if (asked.cookies && this.#cookies.size > 0) {
      headers.push(["Cookie", [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ")]);
    }
    const body = bodyOf(asked);
    const answer = await this.computer.request(asked.port, {
      path: asked.path,
      method: asked.method ?? "GET",
      headers,
      timeout: (asked.timeout ?? 20) * 1000,
      ...(body === undefined ? {} : { body }),
    });
    if (asked.cookies) this.#keepCookies(answer.headers);
    this.#say(
      `${where} (port ${asked.port})\n${answer.status}\n${answer.headers.map((pair) => pair.join(": ")).join("\n")}\n\n${answer.text.slice(0, 1500)}`,
    );
    if (step.status !== undefined) {
      this.#check(
        answer.status === step.status,
        `${where}: status ${answer.status}, not ${step.status}: ${answer.text}`,
      );
    }
    for (const [name, pattern] of Object.entries(step.headers ?? {})) {
      const values = answer.headers
        .filter(([key]) => key.toLowerCase() === name.toLowerCase())
        .map(([, value]) => value);
      if (pattern === null) this.#check(values.length === 0, `${where}: has ${name}: ${values}`);
      else {
        const value = values.length === 0 ? undefined : values.join(", ");
        this.#check(
          value !== undefined && new RegExp(`^(?:${pattern})$`).test(value),
          `${where}: ${name} is ${quoted(value)}, not /${pattern}/`,
        );
      }
    }
    this.#texts(where, answer.text, {
      exact: step.body,
      contains: step.body_contains,
      excludes: step.body_excludes,
      matches: step.body_matches,
    });
    if (step.body_length !== undefined) {
      const length = Buffer.byteLength(answer.text);
      this.#check(length === step.body_length, `${where}: ${length} bytes, not ${step.body_length}`);
    }
  }

  #keepCookies(headers: readonly (readonly [name: string, value: string])[]): void {
    for (const [name, value] of headers) {
      if (name.toLowerCase() !== "set-cookie") continue;
      const [, key = "", content = ""] = /^([^=]*)=([^;]*)/.exec(value) ?? [];
      if (content === "" || value.includes("Max-Age=0")) this.#cookies.delete(key);
      else this.#cookies.set(key, content);
    }
  }

  async #signal({ signal, to = "server" }: SignalStep): Promise<void> {
    this.#say(`${signal} to ${to}`);
    const program = this.#started(to);
    if (signal === "^C") await program.type("\x03");
    else if (isSignal(signal)) await program.kill(signal);
    else throw new Error(`There is no ${signal}`);
  }

  async #ends({ ends, exit, within = patience.ends }: EndsStep): Promise<void> {
    const program = this.#started(ends);
    const status = await program.exit(within * 1000);
    const code = status.kind === "exited" ? status.code : -signalNumbers[status.signal];
    this.#say(`${ends} ended: ${code}\n${await program.output()}`);
    if (exit !== undefined) {
      this.#check(code === exit, `${ends} ended with ${code}, not ${exit}: ${await program.output()}`);
    }
  }

  async #terminal(step: TerminalStep): Promise<void> {
    const program = this.#started(step.terminal);
    const shown = await this.#shown(program, step.terminal_contains ?? [], step.within ?? patience.terminal);
    this.#say(`the terminal of ${step.terminal}:\n${shown}`);
    this.#texts(`the terminal of ${step.terminal}`, shown, {
      exact: undefined,
      contains: step.terminal_contains,
      excludes: step.terminal_excludes,
      matches: step.terminal_matches,
    });
    for (const [text, times] of Object.entries(step.terminal_counts ?? {})) {
      const found = shown.split(text).length - 1;
      this.#check(found === times, `the terminal of ${step.terminal} has ${quoted(text)} ${found} times, not ${times}`);
    }
  }

  /** What a terminal shows, once all of these parts are in it, the program has ended, or the time is over. */
  async #shown(program: Running, parts: readonly string[], seconds: number): Promise<string> {
    const lookAheads = parts.map((part) => `(?=[^]*${escaped(part)})`).join("");
    await program.prints(new RegExp(`^${lookAheads}`), seconds * 1000).catch(() => {}); // The checks say so.
    return program.output();
  }

  #started(name: string): Running {
    const program = this.#terminals.get(name);
    if (!program) throw new Error(`Nothing was started as ${name}`);
    return program;
  }

  #texts(where: string, text: string, expected: ExpectedText): void {
    for (const { holds, difference } of comparisons(text, expected)) this.#check(holds, `${where}: ${difference}`);
  }

  #check(holds: boolean, difference: string): void {
    this.checks += 1;
    if (!holds) this.differences.push(`step ${this.#number}: ${difference}`);
  }

  #say(text: string): void {
    this.transcript.push(`[${this.#number}] ${text}`);
  }
}

/** The screen of a terminal, drawn as far as a look at it goes. */
class FollowedScreen {
  readonly #screen = new ShownScreen(size.columns, size.rows);
  #drawn = 0;

  constructor(private readonly program: Running) {}

  /** The place where what is typed now will stand. */
  async begin(): Promise<ScreenPlace> {
    await this.#draw();
    return this.#screen.place;
  }

  async textSince(begin: ScreenPlace): Promise<string> {
    await this.#draw();
    return this.#screen.textSince(begin);
  }

  /** Waits as `TypeStep` says; false when the time is over. */
  async until(begin: ScreenPlace, { type, until, quiet = 0.4 }: TypeStep, within: number): Promise<boolean> {
    const end = performance.now() + within * 1000;
    let seen = "";
    let since = performance.now();
    while (performance.now() < end) {
      await pause(0.05);
      const now = await this.textSince(begin);
      if (now !== seen) since = performance.now();
      seen = now;
      if (until === undefined) {
        if (performance.now() - since > quiet * 1000 && /[$>] *$/.test(seen)) return true;
      } else if (seen.slice(type.length).includes(until)) return true;
    }
    return false;
  }

  async #draw(): Promise<void> {
    const sent = await this.program.sent(this.#drawn);
    this.#drawn += sent.length;
    await this.#screen.write(sent);
  }
}

/** What is expected of a text. */
interface ExpectedText {
  readonly exact: string | undefined;
  readonly contains: readonly string[] | undefined;
  readonly excludes: readonly string[] | undefined;
  readonly matches: readonly string[] | undefined;
}

function meets(text: string, expected: ExpectedText): boolean {
  return comparisons(text, expected).every(({ holds }) => holds);
}

/** What was compared, and what to say where it does not hold. */
function comparisons(
  text: string,
  { exact, contains = [], excludes = [], matches = [] }: ExpectedText,
): { readonly holds: boolean; readonly difference: string }[] {
  return [
    ...(exact === undefined ? [] : [{ holds: text === exact, difference: `${quoted(text)}, not ${quoted(exact)}` }]),
    ...contains.map((part) => ({ holds: text.includes(part), difference: `lacks ${quoted(part)}: ${text}` })),
    ...excludes.map((part) => ({ holds: !text.includes(part), difference: `has ${quoted(part)}: ${text}` })),
    ...matches.map((pattern) => {
      // \A and \Z are Python's for the beginning and the end of the whole text.
      const translated = pattern.replaceAll("\\A", "(?<![^])").replaceAll("\\Z", "(?![^])");
      return { holds: new RegExp(translated, "m").test(text), difference: `does not match /${pattern}/: ${text}` };
    }),
  ];
}

function bodyOf(asked: CaseRequest): Uint8Array<ArrayBuffer> | undefined {
  const repeated = (part: string | readonly [string, number]) =>
    typeof part === "string" ? part : part[0].repeat(part[1]);
  if (asked.body_base64 !== undefined) return new Uint8Array(Buffer.from(asked.body_base64, "base64"));
  if (asked.body_repeat) return new TextEncoder().encode(repeated(asked.body_repeat));
  if (asked.body_parts) return new TextEncoder().encode(asked.body_parts.map(repeated).join(""));
  return asked.body === undefined ? undefined : new TextEncoder().encode(asked.body);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

function isSignal(name: string): name is Signal {
  return Object.hasOwn(signalNumbers, name);
}

function quoted(text: string | undefined): string {
  return text === undefined ? "missing" : JSON.stringify(text);
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
