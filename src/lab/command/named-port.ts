/** The port that a command line names. */
import type { LabFile } from "../../lab-definition/schema.ts";
import type { Port } from "../../machine/machine.ts";
import { optionValue } from "./option-value.ts";
import { parseCommand } from "./parse-command-line.ts";

/** Servers, and the options with which they are told a port, alone or at the end of an address. */
const optionsForPort: ReadonlyMap<string, readonly string[]> = new Map([
  ["flask", ["-p", "--port"]],
  ["quart", ["-p", "--port"]],
  ["gunicorn", ["-b", "--bind"]],
  ["hypercorn", ["-b", "--bind"]],
  ["uvicorn", ["--port"]],
  ["waitress-serve", ["--port", "--listen"]],
]);

const flaskPort = "FLASK_RUN_PORT";

/**
 * The port on which a command line has its server listen: the one that it names, or that of `flask run`, unless a file
 * beside it speaks of another. `undefined` where that cannot be told.
 */
export function portOfCommand(commandLine: string, files: readonly LabFile[]): Port | undefined {
  const parsed = parseCommand(commandLine);
  if (!parsed.ok) return undefined;
  const { argv, env } = parsed.command;
  const named = portIn(argv);
  if (named !== undefined) return named;
  const isOther = flaskPort in env || files.some(({ text }) => text.includes(flaskPort));
  return argv[0] === "flask" && argv.includes("run") && !argv.some((word) => /^(?:-p|--port)/.test(word)) && !isOther
    ? 5000
    : undefined;
}

/**
 * The port that a command line tells its server to listen on. `undefined` where it names none, or several, or a server
 * that is not known here: the server's usual port can be changed by files and variables that the line does not show.
 */
export function namedPort(commandLine: string): Port | undefined {
  const parsed = parseCommand(commandLine);
  return parsed.ok ? portIn(parsed.command.argv) : undefined;
}

function portIn(argv: readonly string[]): Port | undefined {
  const options = optionsForPort.get(argv[0] ?? "") ?? [];
  const values = argv.flatMap((word, index) =>
    options.flatMap((option) => optionValue(word, argv[index + 1], option) ?? []),
  );
  const ports = values.map((value) => Number(/(?:^|:)(\d{1,5})$/.exec(value)?.[1] ?? Number.NaN));
  return ports.length === 1 && ports[0] !== undefined && ports[0] > 0 ? ports[0] : undefined;
}
