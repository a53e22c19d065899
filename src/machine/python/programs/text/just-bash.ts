/**
 * Text and file programs, whose code is just-bash's (npm, Apache-2.0): each is a process of its own here, over the host's files. What keeps
 * nothing from line to line (`line-by-line.ts`) is given a live input as it comes; the others read to its end first. What else must follow one (`cat`, `head`, `tail`, `tee`, `grep`, `sed`, `awk`, `sort`, `tr`, `uniq`) is ours.
 */
import { Bash } from "just-bash/browser";
import type { NativeProgram, System } from "../../native/system.ts";
import { dd } from "../files/dd.ts";
import { du } from "../files/du.ts";
import { link, ln, readlink, unlink } from "../files/links.ts";
import { chgrp, chown } from "../files/ownership.ts";
import { stat } from "../files/stat.ts";
import { nc } from "../processes/nc.ts";
import { bc } from "./bc.ts";
import { diff } from "./diff.ts";
import { hexdump, od, xxd } from "./dumps.ts";
import { needsInput } from "./input-of-programs.ts";
import { fromLatin1, JustBashFiles, latin1 } from "./just-bash-files.ts";
import { worksLineByLine } from "./line-by-line.ts";
import { wholeValues, worksValueByValue } from "./live-json.ts";
import { tar } from "./tar.ts";
import { textProgramNames } from "./text-program-names.ts";

/** What a page can hold; just-bash's own limits are those of a service. */
const limits = {
  maxInputBytes: 256 * 1024 * 1024,
  maxLiveBytes: 512 * 1024 * 1024,
  maxStringLength: 256 * 1024 * 1024,
  maxOutputSize: 256 * 1024 * 1024,
  maxFileSystemBytes: 512 * 1024 * 1024,
  maxSourceBytes: 4 * 1024 * 1024,
  maxArrayElements: 20_000_000,
  maxWorkUnits: Number.MAX_SAFE_INTEGER,
  maxLoopIterations: 1_000_000_000,
  maxJqIterations: 1_000_000_000,
  maxExecutionTimeMs: 2_147_483_647,
  maxCommandCount: 10_000_000,
};

const run: NativeProgram = async (system) => {
  const { name } = system;
  const readsInput = needsInput(name, system.args);
  const bash = new Bash({
    fs: new JustBashFiles(system),
    cwd: system.cwd,
    env: { ...system.env },
    executionLimits: limits,
    processInfo: { pid: system.pid, ppid: system.parent, uid: 1000, gid: 1000 },
  });
  if (!readsInput) return execute(system, bash, "");
  if (worksLineByLine(name, system.args)) return inPieces(system, bash, wholeLines(system));
  if (name === "jq" && worksValueByValue(system.args)) return inPieces(system, bash, wholeValues(system));
  return execute(system, bash, latin1(await system.readAll(0)));
};

/** Runs the program over each piece of its input by itself. */
async function inPieces(system: System, bash: Bash, pieces: AsyncIterable<string>): Promise<number> {
  let status: number | undefined;
  let failed = 0;
  for await (const piece of pieces) {
    status = await execute(system, bash, piece);
    // A filter that fails for one value goes on with the next.
    if (status === filterFailed && system.name === "jq") failed = status;
    else if (status > 1) return status;
  }
  return failed || (status ?? execute(system, bash, ""));
}

/** The status of jq where its filter has failed for a value. */
const filterFailed = 5;

/** Runs the program over a piece of its input, and prints what that comes to. */
async function execute(system: System, bash: Bash, input: string): Promise<number> {
  const { stdout, stderr, exitCode, stdoutKind, stdoutEncoding } = await bash.exec(system.name, {
    args: [...system.args],
    stdin: input,
    stdinKind: "bytes",
  });
  const isBytes = stdoutKind === "bytes" || stdoutEncoding === "binary";
  const [shown, missing] = isBytes ? [fromLatin1(stdout), ""] : withoutMissing(system.name, stdout);
  await system.write(1, shown);
  if (missing !== "") await system.write(2, missing);
  if (stderr !== "") await system.write(2, complaint(system, stderr));
  return exitCode;
}

/** What a program that makes checksums says of files that are not there is an error, not a result. */
function withoutMissing(name: string, text: string): readonly [string, string] {
  if (!/^(?:md5|sha1|sha256)sum$/.test(name)) return [text, ""];
  const isMistake = (line: string) => line.startsWith(`${name}: `) && !line.startsWith(`${name}: WARNING`);
  const lines = text.split(/(?<=\n)/);
  return [lines.filter((line) => !isMistake(line)).join(""), lines.filter(isMistake).join("")];
}

/** just-bash leaves out which file it could not open, as services have to. */
function complaint(system: System, text: string): string {
  const missing = system.args.find(
    (arg) => !arg.startsWith("-") && system.files.status(system.path(arg)) === undefined,
  );
  return text
    .replace(/^bash: (?:line \d+: )?/gm, "")
    .replace(/^tac: (.*): No such/m, "tac: failed to open '$1' for reading: No such")
    .replace(/^rev: ENOENT.*/m, `rev: cannot open ${missing}: No such file or directory`)
    .replace(/ENOENT: no such file or directory, open '<path>'/, `${missing}: No such file or directory`);
}

/** Standard input as it comes, cut at the end of a line. */
async function* wholeLines(system: System): AsyncGenerator<string> {
  let partial = "";
  for (let bytes = await system.read(0); bytes !== null; bytes = await system.read(0)) {
    const text = partial + latin1(bytes);
    const end = text.lastIndexOf("\n") + 1;
    partial = text.slice(end);
    if (end > 0) yield text.slice(0, end);
  }
  if (partial !== "") yield partial;
}

/** What just-bash has otherwise, or not in a page, or not at all. */
const own: ReadonlyMap<string, NativeProgram> = new Map([
  ["bc", bc],
  ["chgrp", chgrp],
  ["chown", chown],
  ["dd", dd],
  ["diff", diff],
  ["du", du],
  ["hd", hexdump],
  ["hexdump", hexdump],
  ["link", link],
  ["ln", ln],
  ["nc", nc],
  ["od", od],
  ["readlink", readlink],
  ["stat", stat],
  ["tar", tar],
  ["unlink", unlink],
  ["xxd", xxd],
]);

/** Every program of this script, by the name of its command. */
export const textPrograms: ReadonlyMap<string, NativeProgram> = new Map(
  Array.from(textProgramNames, (name) => [name, own.get(name) ?? run] as const),
);
