/** `find`: files by what is known of them. Its tests and its words are GNU's. */
import { SyscallError } from "../../kernel/errno.ts";
import type { FileStatus } from "../../kernel/files/files.ts";
import type { NativeProgram, System } from "../../native/system.ts";
import { formattedDate, shownIn, timeOf } from "../date.ts";
import { UsageError } from "../options.ts";
import { runnable, runToEnd } from "../processes/running-programs.ts";
import { kindLetter, modeText, sizeOnDisc } from "./file-kinds.ts";

/** What is looked at. */
interface Found {
  /** As it is shown. */
  readonly path: string;
  readonly status: FileStatus;
  readonly depth: number;
}

/** Whether something holds of a file; actions hold as well. */
type Test = (found: Found, search: Search) => boolean | Promise<boolean>;

/** What cannot be meant. */
class FindError extends Error {
  override readonly name = "FindError";
}

interface Search {
  readonly system: System;
  /** Nothing below it is looked at. */
  pruned: boolean;
  over: boolean;
  status: number;
  /** Symbolic links are what they lead to (`-L`). */
  readonly follows: boolean;
  /** Commands of `-exec … +`, and what waits for them. */
  readonly gathered: Map<readonly string[], string[]>;
}

/** The one user here, who is a group as well. */
const [owner, ownerNumber] = ["student", "1000"];

const kinds: Readonly<Record<string, FileStatus["type"]>> = {
  f: "file",
  d: "directory",
  l: "symlink",
  s: "socket",
  p: "fifo",
};

function nameOf(path: string): string {
  return path === "/" ? path : path.replace(/\/+$/, "").replace(/^.*\//s, "");
}

/** `*`, `?` and `[…]` of names; they go over slashes and dots. */
function pattern(text: string, ignoresCase: boolean): RegExp {
  let source = "";
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    const [set] = character === "[" ? (/^\[[!^]?\]?[^\]]*\]/.exec(text.slice(at)) ?? []) : [];
    if (set !== undefined) {
      source += set.replace(/^\[[!^]/, "[^").replaceAll("\\", "\\\\");
      at += set.length - 1;
    } else if (character === "*") source += ".*";
    else if (character === "?") source += ".";
    else if (character === "\\") {
      at += 1;
      source += text.charAt(at).replace(/[^\w]/g, "\\$&");
    } else source += character.replace(/[.+^$(){}|[\]\\]/g, "\\$&");
  }
  return new RegExp(`^${source}$`, ignoresCase ? "si" : "s");
}

/** `+5`, `-5`, `5` against a number. */
function amount(word: string, option: string): (value: number) => boolean {
  const [, sign, digits] = /^([-+]?)(\d+)$/.exec(word) ?? [];
  if (digits === undefined) throw new FindError(`invalid argument \`${word}' to \`${option}'`);
  const wanted = Number(digits);
  return (value) => (sign === "+" ? value > wanted : sign === "-" ? value < wanted : value === wanted);
}

const sizes: Readonly<Record<string, number>> = { c: 1, w: 2, b: 512, k: 1024, M: 1024 ** 2, G: 1024 ** 3, "": 512 };

function sizeTest(word: string): Test {
  const [, text = "", unit = ""] = /^([-+]?\d+)([cwbkMG]?)$/.exec(word) ?? [];
  if (text === "") throw new FindError(`invalid -size type \`${word.slice(-1)}'`);
  const fits = amount(text, "-size");
  return ({ status }) => fits(Math.ceil(sizeOnDisc(status) / (sizes[unit] ?? 512)));
}

function ageTest(word: string, option: string): Test {
  const fits = amount(word, option);
  const unit = /min$/.test(option) ? 60_000 : 24 * 3_600_000;
  return ({ status }) => {
    const age = Math.max(0, Date.now() - status.mtime) / unit;
    // Minutes are counted up, days down.
    return fits(/min$/.test(option) ? Math.ceil(age) : Math.floor(age));
  };
}

function permissionTest(word: string): Test {
  const [, how = "", digits] = /^([-/]?)([0-7]{1,4})$/.exec(word) ?? [];
  const symbols: Readonly<Record<string, number>> = {
    "+x": 0o111,
    "u+x": 0o100,
    "+w": 0o222,
    "+r": 0o444,
    "u=x": 0o100,
  };
  const bits = digits === undefined ? symbols[word.replace(/^[-/]/, "")] : Number.parseInt(digits, 8);
  if (bits === undefined) throw new FindError(`invalid mode \`${word}'`);
  const kind = how || (/^[-/]/.test(word) ? word.charAt(0) : "");
  return ({ status }) => {
    const mode = status.mode & 0o7777;
    if (kind === "-") return (mode & bits) === bits;
    return kind === "/" ? bits === 0 || (mode & bits) !== 0 : mode === bits;
  };
}

/** What `-printf` prints of a file. */
function formatted(format: string, { path, status, depth }: Found, zone: string | undefined): string {
  const mode = status.mode & 0o7777;
  const time = shownIn(zone, status.mtime);
  const size = sizeOnDisc(status);
  const fields: Readonly<Record<string, string>> = {
    p: path,
    f: nameOf(path),
    h: path.includes("/") ? path.replace(/\/[^/]*$/, "") : ".",
    s: String(size),
    k: String(Math.ceil(size / 4096) * 4),
    b: String(Math.ceil(size / 4096) * 8),
    d: String(depth),
    m: mode.toString(8),
    M: modeText(status),
    n: String(status.links),
    y: kindLetter(status),
    l: status.target ?? "",
    u: owner,
    g: owner,
    U: ownerNumber,
    G: ownerNumber,
    i: String(status.inode),
    P: path.replace(/^\.\/?/, ""),
    t: formattedDate("%a %b %e %H:%M:%S.%N0 %Y", time),
    "%": "%",
  };
  const controls: Readonly<Record<string, string>> = { n: "\n", t: "\t", "0": "\0", "\\": "\\" };
  return format
    .replace(/%([-0]?)(\d*)(T.|[pfhskbdmMnyluUgGitP%])/g, (_, flag: string, width: string, letter: string) => {
      const value = letter.startsWith("T") ? timeField(letter.charAt(1), status.mtime, zone) : (fields[letter] ?? "");
      if (flag === "-") return value.padEnd(Number(width));
      return value.padStart(Number(width), flag === "0" ? "0" : " ");
    })
    .replace(/\\([nt0\\])/g, (_, letter: string) => controls[letter] ?? "");
}

/** `%T@`, `%TY`, … Seconds have ten digits behind the point in GNU's find. */
function timeField(letter: string, time: number, zone: string | undefined): string {
  if (letter === "@") return `${Math.floor(time / 1000)}.${String(Math.floor(time % 1000)).padStart(3, "0")}0000000`;
  const seconds = "%S.%N0";
  const formats: Readonly<Record<string, string>> = { "+": `%F+%H:%M:${seconds}`, T: `%H:%M:${seconds}`, S: seconds };
  return formattedDate(formats[letter] ?? `%${letter}`, shownIn(zone, time));
}

/** What `-ls` prints of a file. */
function longLine({ path, status }: Found, zone: string | undefined): string {
  const size = sizeOnDisc(status);
  const blocks = status.type === "symlink" ? 0 : Math.ceil(size / 4096) * 4;
  const columns = [
    String(status.inode).padStart(9),
    String(blocks).padStart(6),
    modeText(status),
    String(status.links).padStart(3),
    owner.padEnd(8),
    owner.padEnd(8),
    String(size).padStart(8),
    formattedDate("%b %e %H:%M", shownIn(zone, status.mtime)),
    status.target === undefined ? path : `${path} -> ${status.target}`,
  ];
  return `${columns.join(" ")}\n`;
}

/** The expression behind the starting points. */
class Expression {
  readonly test: Test;
  most = Number.POSITIVE_INFINITY;
  least = 0;
  /** What is in a folder comes before the folder. */
  depthFirst = false;
  #acts = false;
  #at = 0;

  constructor(private readonly words: readonly string[]) {
    const test = words.length === 0 ? () => true : this.#or();
    if (this.#at < words.length) throw new FindError(`paths must precede expression: \`${words[this.#at]}'`);
    this.test = this.#acts ? test : both(test, print("\n"));
  }

  #or(): Test {
    let left = this.#and();
    while (["-o", "-or"].includes(this.words[this.#at] ?? "")) {
      this.#at += 1;
      const [one, other] = [left, this.#and()];
      left = async (found, search) => (await one(found, search)) || other(found, search);
    }
    return left;
  }

  #and(): Test {
    let left = this.#not();
    for (
      let word = this.words[this.#at];
      word !== undefined && !["-o", "-or", ")", ","].includes(word);
      word = this.words[this.#at]
    ) {
      if (word === "-a" || word === "-and") this.#at += 1;
      left = both(left, this.#not());
    }
    return left;
  }

  #not(): Test {
    if (!["!", "-not"].includes(this.words[this.#at] ?? "")) return this.#primary();
    this.#at += 1;
    const test = this.#not();
    return async (found, search) => !(await test(found, search));
  }

  #primary(): Test {
    const word = this.words[this.#at] ?? "";
    this.#at += 1;
    if (word === "(") {
      const test = this.#or();
      if (this.words[this.#at] !== ")")
        throw new FindError("invalid expression; I was expecting to find a ')' somewhere but did not see one.");
      this.#at += 1;
      return test;
    }
    if (!word.startsWith("-")) throw new FindError(`paths must precede expression: \`${word}'`);
    return this.#action(word) ?? this.#global(word) ?? this.#named(word) ?? this.#unknown(word);
  }

  #unknown(word: string): never {
    throw new FindError(`unknown predicate \`${word}'`);
  }

  #value(option: string): string {
    const value = this.words[this.#at];
    if (value === undefined) throw new FindError(`missing argument to \`${option}'`);
    this.#at += 1;
    return value;
  }

  #global(word: string): Test | undefined {
    switch (word) {
      case "-maxdepth":
        this.most = this.#depth(word);
        return () => true;
      case "-mindepth":
        this.least = this.#depth(word);
        return () => true;
      case "-depth":
      case "-mount":
      case "-xdev":
      case "-noleaf":
      case "-warn":
      case "-nowarn":
      case "-ignore_readdir_race":
      case "-daystart":
      case "-follow":
        this.depthFirst ||= word === "-depth";
        return () => true;
      default:
        return undefined;
    }
  }

  #depth(option: string): number {
    const value = this.#value(option);
    if (/^\d+$/.test(value)) return Number(value);
    throw new FindError(`Expected a positive decimal integer argument to ${option}, but got ‘${value}’`);
  }

  #named(word: string): Test | undefined {
    const newer = /^-newer([aBcm])([aBcmt])$/.exec(word);
    if (newer !== null) return newer[2] === "t" ? newerThanTime(this.#value(word)) : newerThanFile(this.#value(word));
    switch (word) {
      case "-name":
      case "-iname": {
        const expression = pattern(this.#value(word), word === "-iname");
        return ({ path }) => expression.test(nameOf(path));
      }
      case "-path":
      case "-wholename":
      case "-ipath": {
        const expression = pattern(this.#value(word), word === "-ipath");
        return ({ path }) => expression.test(path);
      }
      case "-regex":
      case "-iregex": {
        const expression = new RegExp(`^(?:${this.#value(word)})$`, word === "-iregex" ? "i" : "");
        return ({ path }) => expression.test(path);
      }
      case "-type":
        return this.#type(word);
      case "-xtype":
        return this.#type(word);
      case "-lname":
      case "-ilname": {
        const expression = pattern(this.#value(word), word === "-ilname");
        return ({ status }) => status.target !== undefined && expression.test(status.target);
      }
      case "-samefile": {
        const name = this.#value(word);
        return ({ status }, { system }) => system.files.status(system.path(name))?.inode === status.inode;
      }
      case "-inum":
      case "-links": {
        const fits = amount(this.#value(word), word);
        return ({ status }) => fits(word === "-inum" ? status.inode : status.links);
      }
      case "-nouser":
      case "-nogroup":
        return () => false;
      case "-size":
        return sizeTest(this.#value(word));
      case "-mtime":
      case "-mmin":
      case "-atime":
      case "-amin":
      case "-ctime":
      case "-cmin":
        return ageTest(this.#value(word), word);
      case "-newer":
      case "-anewer":
      case "-cnewer":
        return newerThanFile(this.#value(word));
      case "-perm":
        return permissionTest(this.#value(word));
      case "-user":
      case "-group":
        return ownerTest(this.#value(word), word);
      case "-uid":
      case "-gid": {
        const fits = amount(this.#value(word), word);
        return () => fits(Number(ownerNumber));
      }
      case "-empty":
        return ({ path, status }, { system }) =>
          status.type === "directory"
            ? system.files.names(system.path(path)).length === 0
            : status.type === "file" && status.size === 0;
      case "-executable":
        return ({ status }) => (status.mode & 0o111) !== 0;
      case "-readable":
      case "-writable":
      case "-true":
        return () => true;
      case "-false":
        return () => false;
      default:
        return undefined;
    }
  }

  /** `-xtype` looks at what a link leads to; one that leads nowhere stays a link. */
  #type(option: string): Test {
    const wanted = this.#value(option).split(",");
    const unknown = wanted.find((letter) => !Object.hasOwn(kinds, letter) && !/^[bcD]$/.test(letter));
    if (unknown !== undefined) throw new FindError(`Unknown argument to ${option}: ${unknown}`);
    return ({ path, status }, { system }) => {
      const led = option === "-xtype" ? system.files.status(system.path(path)) : undefined;
      const { type } = led ?? status;
      return wanted.some((letter) => kinds[letter] === type);
    };
  }

  #action(word: string): Test | undefined {
    switch (word) {
      case "-prune":
        return (_, search) => {
          search.pruned = true;
          return true;
        };
      case "-quit":
        this.#acts = true;
        return (_, search) => {
          search.over = true;
          return true;
        };
      case "-print":
      case "-print0":
      case "-printf":
      case "-ls":
      case "-delete":
      case "-exec":
      case "-execdir":
      case "-ok":
        this.#acts = true;
        return this.#performing(word);
      default:
        return undefined;
    }
  }

  #performing(word: string): Test {
    if (word === "-print0") return print("\0");
    if (word === "-printf") {
      const format = this.#value(word);
      return async (found, { system }) => {
        await system.print(formatted(format, found, system.env["TZ"]));
        return true;
      };
    }
    if (word === "-ls") {
      return async (found, { system }) => {
        await system.print(longLine(found, system.env["TZ"]));
        return true;
      };
    }
    if (word === "-delete") {
      this.depthFirst = true;
      return remove;
    }
    return /^-(?:exec|execdir|ok)$/.test(word) ? this.#command(word) : print("\n");
  }

  #command(word: string): Test {
    const begin = this.#at;
    while (
      this.#at < this.words.length &&
      this.words[this.#at] !== ";" &&
      !(this.words[this.#at] === "+" && this.words[this.#at - 1] === "{}")
    )
      this.#at += 1;
    const end = this.words[this.#at];
    if (end === undefined) throw new FindError(`missing argument to \`${word}'`);
    const argv = this.words.slice(begin, this.#at);
    this.#at += 1;
    if (end === "+") {
      const command = argv.slice(0, -1);
      return ({ path }, { gathered }) => {
        const paths = gathered.get(command);
        if (paths === undefined) gathered.set(command, [path]);
        else paths.push(path);
        return true;
      };
    }
    return async ({ path }, search) =>
      (await run(
        search,
        argv.map((each) => each.replaceAll("{}", path)),
      )) === 0;
  }
}

function newerThanFile(name: string): Test {
  return ({ status }, { system }) => {
    const other = system.files.status(system.path(name));
    if (other === undefined) throw new FindError(`‘${name}’: No such file or directory`);
    return status.mtime > other.mtime;
  };
}

/** `yesterday`, `2024-01-31`, `1 hour ago` */
function newerThanTime(words: string): Test {
  return ({ status }, { system }) => {
    try {
      return status.mtime > timeOf(words, system.env["TZ"], Date.now());
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      throw new FindError(`I cannot figure out how to interpret ‘${words}’ as a date or time`);
    }
  };
}

function ownerTest(name: string, option: string): Test {
  const isNumber = /^\d+$/.test(name);
  const known = [owner, "root"].includes(name);
  if (!(isNumber || known)) {
    throw new FindError(
      option === "-user"
        ? `‘${name}’ is not the name of a known user`
        : `‘${name}’ is not the name of an existing group`,
    );
  }
  return () => name === owner || name === ownerNumber;
}

function both(one: Test, other: Test): Test {
  return async (found, search) => (await one(found, search)) && other(found, search);
}

function print(end: string): Test {
  return async ({ path }, { system }) => {
    await system.print(path + end);
    return true;
  };
}

const remove: Test = async ({ path }, search) => {
  if (path === ".") return true;
  try {
    search.system.files.unlink(search.system.path(path));
    search.system.flush();
    return true;
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
    await search.system.complain(`cannot delete ‘${path}’: ${error.message}`);
    search.status = 1;
    return false;
  }
};

async function run(search: Search, argv: readonly string[]): Promise<number> {
  const found = await runnable(search.system, argv);
  return typeof found === "number" ? found : runToEnd(search.system, found);
}

async function walk(
  search: Search,
  expression: Expression,
  path: string,
  depth: number,
  above: ReadonlyMap<number, string> = new Map(),
): Promise<void> {
  const { system } = search;
  const real = system.path(path);
  const status = (search.follows ? system.files.status(real) : undefined) ?? system.files.status(real, "keep");
  if (status === undefined || search.over) return;
  const same = search.follows ? above.get(status.inode) : undefined;
  if (same !== undefined) {
    await system.complain(`File system loop detected; ‘${path}’ is part of the same file system loop as ‘${same}’.`);
    search.status = 1;
    return;
  }
  const look = async () => {
    search.pruned = false;
    if (depth >= expression.least) await expression.test({ path, status, depth }, search);
  };
  if (!expression.depthFirst) await look();
  if (status.type === "directory" && depth < expression.most && !(search.pruned && !expression.depthFirst)) {
    const before = path.endsWith("/") ? path : `${path}/`;
    for (const name of system.files.names(system.path(path))) {
      if (search.over) return;
      await walk(search, expression, before + name, depth + 1, new Map([...above, [status.inode, path]]));
    }
  }
  search.pruned = false;
  if (expression.depthFirst) await look();
}

/** `find [FOLDER]… [EXPRESSION]` */
export const find: NativeProgram = async (system) => {
  const firstWord = system.args.findIndex((arg) => !/^-(?:[LHP]|O\d?)$/.test(arg));
  const leading = firstWord === -1 ? system.args : system.args.slice(0, firstWord);
  const args = system.args.slice(leading.length);
  const first = args.findIndex((arg) => /^(?:-.|[!(])/.test(arg));
  const starts = first === -1 ? args : args.slice(0, first);
  const words = first === -1 ? [] : args.slice(first);
  const follows = leading.findLast((arg) => /^-[LHP]$/.test(arg)) === "-L" || words.includes("-follow");
  const search: Search = { system, pruned: false, over: false, status: 0, follows, gathered: new Map() };
  try {
    const expression = new Expression(words);
    for (const start of starts.length > 0 ? starts : ["."]) {
      if (system.files.status(system.path(start), "keep") === undefined || start === "") {
        await system.complain(`‘${start}’: No such file or directory`);
        search.status = 1;
      } else await walk(search, expression, start, 0);
    }
    for (const [command, paths] of search.gathered) {
      if ((await run(search, [...command, ...paths])) !== 0) search.status = 1;
    }
    return search.status;
  } catch (error) {
    if (!(error instanceof FindError)) throw error;
    await system.complain(error.message);
    return 1;
  }
};
