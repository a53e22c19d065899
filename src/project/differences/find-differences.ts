/** Rules that look at answers and logs of both sides, each for one thing that changes between them. */
import type { SideName } from "../../lab-definition/schema.ts";
import type { Difference, Observation, SeenPage, SeenSide } from "./observation.ts";

const sides: readonly SideName[] = ["development", "production"];

/** What differs, each thing once for each page. */
export function findDifferences(observation: Observation): readonly Difference[] {
  return [
    ...pagesOfBoth(observation).flatMap(([development, production]) => pageDifferences(development, production)),
    ...locked(observation),
    ...errors(observation),
    ...repeatedWork(observation),
    ...debugMode(observation),
    ...printed(observation),
  ];
}

function pagesOfBoth({ development, production }: Observation): readonly (readonly [SeenPage, SeenPage])[] {
  return development.pages.flatMap((page) => {
    const other = production.pages.find(({ method, path }) => method === page.method && path === page.path);
    return other === undefined ? [] : [[page, other] as const];
  });
}

function pageDifferences(development: SeenPage, production: SeenPage): readonly Difference[] {
  const { path } = development;
  const seen = { development: statuses(development), production: statuses(production) };
  if (isStatic(path)) return staticFiles(path, development, production);
  if (seen.development !== seen.production) return [{ kind: "status differs", path, seen }];
  const counter = counted(development, production);
  if (counter !== undefined) return [{ kind: "counter per worker", path, seen: counter }];
  const [one, other] = [variants(development), variants(production)];
  if (one > 1 || other <= 1) return [];
  const cookie = development.answers[0]?.setCookies[0];
  return [
    cookie === undefined ? { kind: "differs by worker", path } : { kind: "cookie unknown to a worker", path, cookie },
  ];
}

function isStatic(path: string): boolean {
  return /^\/static\//.test(path);
}

function staticFiles(path: string, development: SeenPage, production: SeenPage): readonly Difference[] {
  const [one, other] = [development.answers[0]?.status, production.answers[0]?.status];
  if (other === 200) return [{ kind: "static files by Python", path }];
  return one === 200 && other === 404 ? [{ kind: "static files missing", path }] : [];
}

/** Each status once, in the order in which it came first. */
function statuses({ answers, failed }: SeenPage): string {
  return [...new Set([...answers.map(({ status }) => String(status)), ...(failed > 0 ? ["—"] : [])])].join(", ");
}

/** What changes with each request by itself, such as the time of day or a token. */
const restless =
  /\b\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\b|\b\d+\.\d{3,}\b|\b[0-9a-f]{16,}\b|(?:csrf[^>]*value=|nonce=)"[^"]*"/gi;

/** How many different bodies there were. */
function variants({ answers }: SeenPage): number {
  return new Set(answers.map(({ status, body }) => `${status} ${body.replace(restless, "")}`)).size;
}

/**
 * A number that goes up by one with each request on one server and does not on the other: it is kept in each worker. The
 * numbers as they were seen.
 */
function counted(development: SeenPage, production: SeenPage): Readonly<Record<SideName, string>> | undefined {
  const [one, other] = [numbersOf(development), numbersOf(production)];
  if (one === undefined || other === undefined) return undefined;
  for (const [at, column] of one.entries()) {
    const counterpart = other[at];
    if (column.length < 3 || counterpart === undefined || counterpart.length < 3) continue;
    if (rises(column) && !rises(counterpart) && counterpart.length === column.length)
      return { development: column.join(", "), production: counterpart.join(", ") };
  }
  return undefined;
}

/** The numbers of the bodies, place by place. `undefined` if the bodies have not the same places. */
function numbersOf({ answers }: SeenPage): readonly (readonly number[])[] | undefined {
  const rows = answers.map(({ body }) => (body.replace(restless, "").match(/\d+/g) ?? []).map(Number));
  const [first] = rows;
  if (first === undefined || rows.some(({ length }) => length !== first.length)) return undefined;
  return first.map((_, at) => rows.map((row) => row[at] ?? 0));
}

function rises(numbers: readonly number[]): boolean {
  return numbers.every((number, at) => at === 0 || number === (numbers[at - 1] ?? 0) + 1);
}

function locked(observation: Observation): readonly Difference[] {
  const found = sides.filter((side) =>
    /database is locked/.test([observation[side].output, ...bodies(observation[side])].join("\n")),
  );
  return found.length === 0 ? [] : [{ kind: "database is locked", sides: found }];
}

function bodies({ pages }: SeenSide): readonly string[] {
  return pages.flatMap(({ answers }) => answers.map(({ body }) => body));
}

function errors({ development, production }: Observation): readonly Difference[] {
  const [one, other] = [development.load.failed, production.load.failed];
  if (one > 0 === other > 0) return [];
  return one > 0
    ? [{ kind: "errors on one side", side: "development", failed: one }]
    : [{ kind: "errors on one side", side: "production", failed: other }];
}

/** What servers print of themselves. */
const serversOwn =
  /^\s*$|^\$ |^\[\d{4}-|^\d{4}-\d\d-\d\d|^(?:INFO|WARNING|DEBUG|ERROR)\b|^ \* |^Press |^\S+ - - \[|^\s*(?:Traceback|File )|^(?:Watching|Performing|System check|Django version|Starting|Quit the|Use a production|Serving|Restarting|Bottle v|Listening|Hit Ctrl|WARNING)|^\(/;

/** Lines that the app prints, and how often. */
function ownLines({ output }: SeenSide): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of output.split(/\r?\n/)) {
    if (serversOwn.test(line)) continue;
    const text = line.trim();
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}

/** Printed once by each worker, and not by each request: as many times as there are workers. */
function repeatedWork({ development, production }: Observation): readonly Difference[] {
  const [one, other] = [ownLines(development), ownLines(production)];
  if (production.workers < 2) return [];
  // A reloader has two processes, and both begin with the app.
  const found = [...other].find(([line, times]) => times === production.workers && (one.get(line) ?? 0) <= 2);
  return found === undefined ? [] : [{ kind: "start-up work repeated", line: found[0], times: found[1] }];
}

function debugMode(observation: Observation): readonly Difference[] {
  const on = sides.filter((side) => {
    const { output, command, pages } = observation[side];
    return (
      /Debugger is active|Debug mode: on/.test(output) ||
      /\s--debug\b/.test(command) ||
      pages.some(({ answers }) => answers.some(({ body }) => /DEBUG = True|Werkzeug Debugger/.test(body)))
    );
  });
  return on.length === 0 ? [] : [{ kind: "debug mode on", sides: on }];
}

/** What one side's terminal shows and the other's does not. */
function printed({ development, production }: Observation): readonly Difference[] {
  const [one, other] = [ownLines(development), ownLines(production)];
  const missing = [...one.keys()].find((line) => !other.has(line) && !/\d/.test(line));
  return missing === undefined
    ? []
    : [{ kind: "printed on one side", side: "development", line: missing.slice(0, 200) }];
}
