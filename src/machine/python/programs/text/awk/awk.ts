/** `awk`: patterns and what is done where they fit, for records as they come. */
import { SyscallError } from "../../../kernel/errno.ts";
import type { NativeProgram, System } from "../../../native/system.ts";
import { withoutEscapes } from "./awk-lexer.ts";
import { parseAwk } from "./awk-parser.ts";
import { AwkRun } from "./awk-run.ts";
import { AwkError } from "./awk-syntax.ts";

/** What the arguments ask for. */
interface Wanted {
  readonly program: string | undefined;
  readonly separator: string | undefined;
  readonly assignments: readonly string[];
  readonly operands: readonly string[];
}

/** Throws `AwkError`, `SyscallError`. */
function wantedOf(system: System): Wanted {
  const rest = [...system.args];
  const assignments: string[] = [];
  const programs: string[] = [];
  let separator: string | undefined;
  while (/^-./.test(rest[0] ?? "")) {
    const arg = rest.shift() ?? "";
    if (arg === "--") break;
    const [, letter = "", inline = ""] = /^-(.)(.*)$/s.exec(arg) ?? [];
    const long = /^--(assign|field-separator|file)=(.*)$/s.exec(arg);
    const kind = long === null ? letter : (long[1] ?? "").charAt(0);
    const value = () => long?.[2] ?? (inline || (rest.shift() ?? ""));
    if (long?.[1] === "field-separator" || kind === "F") separator = value();
    else if (long?.[1] === "assign" || kind === "v") assignments.push(value());
    else if (kind === "f") programs.push(new TextDecoder().decode(system.files.read(system.path(value()))));
    else throw new AwkError(`not an option: ${arg}`);
  }
  return {
    program: programs.length > 0 ? programs.join("\n") : rest.shift(),
    separator,
    assignments,
    operands: rest,
  };
}

/** `-F t` and `-F '\t'` are a tab. */
function separatorOf(text: string): string {
  return text === "t" ? "\t" : withoutEscapes(text);
}

/** `awk [-F SEPARATOR] [-v NAME=VALUE]… PROGRAM [FILE]…` */
export const awk: NativeProgram = async (system) => {
  let run: AwkRun | undefined;
  try {
    const { program, separator, assignments, operands } = wantedOf(system);
    if (program === undefined) {
      await system.write(2, "Usage: awk [-F SEPARATOR] [-v NAME=VALUE] [-f FILE | PROGRAM] [FILE]...\n");
      return 0;
    }
    run = new AwkRun(system, parseAwk(program), operands);
    if (separator !== undefined) run.set("FS", separatorOf(separator));
    for (const assignment of assignments) {
      const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(assignment) ?? [];
      if (name === undefined || value === undefined) throw new AwkError(`improper assignment: -v ${assignment}`);
      run.assign(name, value);
    }
    return await run.all();
  } catch (error) {
    await run?.flush();
    if (error instanceof SyscallError && error.errno !== "EPIPE") {
      await system.complain(`cannot open program file (${error.message})`);
      return 2;
    }
    if (!(error instanceof AwkError)) throw error;
    await system.complain(error.message);
    return 2;
  }
};
