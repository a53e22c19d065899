/** Reads a Procfile, as Heroku, honcho and foreman do: `web: gunicorn app:app`. */
import type { FoundCommands } from "./found-commands.ts";
import { moved, readCommands } from "./server-commands.ts";

const processType = /^\s*[A-Za-z0-9_-]+:[ \t]+(?=\S)/;

/** What a Procfile starts: a shell runs each line. Undefined for any other text. */
export function readProcfile(text: string): FoundCommands | undefined {
  const lines = text.replace(/^\uFEFF/, " ").split("\n");
  const said = lines.filter((line) => line.trim() !== "" && !line.trimStart().startsWith("#"));
  if (said.length === 0 || !said.every((line) => processType.test(line))) return undefined;
  let next = 0;
  const read = lines.map((line) => {
    const from = next;
    next += line.length + 1;
    const [head = ""] = processType.exec(line) ?? [];
    return moved(readCommands(line.slice(head.length)), from + head.length);
  });
  return {
    servers: read.flatMap(({ servers }) => servers),
    mistakes: read.flatMap(({ mistakes }) => mistakes),
    findings: [],
  };
}
