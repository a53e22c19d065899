/** Asks the running machine which routes an app has, and what both sides answer. */
import { sideNames } from "../../lab/basics/sides.ts";
import { withTimeout } from "../../lab/basics/with-timeout.ts";
import { parseCommand } from "../../lab/command/parse-command-line.ts";
import type { LabSession } from "../../lab/session/lab-session.ts";
import { HostFiles } from "../../lab/side/host-files.ts";
import { withoutColours } from "../../lab/side/without-colours.ts";
import type { SideName } from "../../lab-definition/schema.ts";
import type { ExitStatus, Host, HttpRequest, HttpResponse, Milliseconds } from "../../machine/machine.ts";
import type { SeenAnswer, SeenPage, SeenSide } from "../differences/observation.ts";
import type { Recognition } from "../recognise/recognition.ts";
import { djangoProgram, djangoRoutes, flaskRoutes, openApiRoutes } from "../routes/app-routes.ts";
import { requestOf } from "../routes/plans.ts";
import type { PlannedRow, Route } from "../routes/route.ts";
import { formsOf } from "./forms.ts";

const home = "/home/student";
/** A third computer, on which the app is asked: what it prints is no part of the experiment. */
const hostName = "your-app";
const toldWithin: Milliseconds = 30_000;
const answersWithin: Milliseconds = 10_000;
/** Each page is asked so often, one request after another: twice as often as there are workers, and a little less. */
const times = 6;
const mostPages = 8;
const longestBody = 20_000;

/** Routes as the app itself tells them. `undefined` where this kind of app cannot be asked. Rejects with what it said. */
export async function askRoutes(
  session: LabSession,
  { app }: Recognition,
  preparation: readonly string[],
): Promise<readonly Route[] | undefined> {
  switch (app?.kind) {
    case "flask":
    case "quart": {
      const words = parseCommand(app.development.command);
      if (!words.ok) return undefined;
      const { argv, env } = words.command;
      return flaskRoutes(await told(session, [...argv.slice(0, argv.indexOf("run")), "routes"], env, preparation));
    }
    case "django": {
      const env = { DJANGO_SETTINGS_MODULE: `${app.target.split(".")[0]}.settings` };
      return djangoRoutes(await told(session, ["python", "-c", djangoProgram], env, preparation));
    }
    case "fastapi": {
      const { body } = await session.sides.development.request({ path: "/openapi.json", timeout: answersWithin });
      return openApiRoutes(JSON.parse(new TextDecoder().decode(body)));
    }
    default:
      return undefined;
  }
}

async function told(
  session: LabSession,
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  preparation: readonly string[],
): Promise<string> {
  const { value: phase } = session.machine;
  if (phase.kind !== "open") throw new Error("the machine is closed");
  const host = await phase.machine.host(hostName);
  await new HostFiles(home).putInPlace(host, session.files.value, session.assets.value);
  for (const line of preparation) {
    const parsed = parseCommand(line);
    if (parsed.ok) await outputOf(host, parsed.command.argv, parsed.command.env);
  }
  const { text, status } = await outputOf(host, argv, env);
  if (status.kind === "exited" && status.code === 0) return text;
  throw new Error(text.trim().split("\n").at(-1)?.trim() || argv.join(" "));
}

async function outputOf(
  host: Host,
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ readonly text: string; readonly status: ExitStatus }> {
  // Wide enough that no table is cut.
  const process = await host.spawn(argv, { cwd: home, env, size: { columns: 400, rows: 24 } });
  const decoder = new TextDecoder();
  let text = "";
  const stop = process.onOutput((bytes) => {
    text += decoder.decode(bytes, { stream: true });
  });
  try {
    return { status: await withTimeout(toldWithin, process.exit), text: withoutColours(text) };
  } catch (error) {
    await process.kill("SIGKILL");
    throw error;
  } finally {
    stop();
  }
}

/** What a row was answered with on each side: a status, or that no answer came. */
export type RowAnswer = { readonly kind: "status"; readonly status: number } | { readonly kind: "no answer" };

/** Asks a row once on a side. */
export async function askRow(session: LabSession, side: SideName, row: PlannedRow): Promise<RowAnswer> {
  try {
    const { status } = await session.sides[side].request({ ...asHttp(row), timeout: answersWithin });
    return { kind: "status", status };
  } catch {
    // Whatever cut it off, the row shows that nothing came; the terminal says why.
    return { kind: "no answer" };
  }
}

/** The forms of the pages among these rows, as the development server shows them. */
export async function askForms(session: LabSession, rows: readonly PlannedRow[]): Promise<readonly PlannedRow[]> {
  const forms: PlannedRow[] = [];
  const pages = rows.filter(({ method, weight }) => method === "GET" && weight > 0).slice(0, mostPages);
  for (const page of pages) {
    try {
      const response = await session.sides.development.request({ path: page.path, timeout: answersWithin });
      const isPage = response.headers.some(([name, value]) => /^content-type$/i.test(name) && /html/.test(value));
      if (isPage) forms.push(...formsOf(page.path, new TextDecoder().decode(response.body)));
    } catch {
      // A page that does not come has no form; the check says that it did not.
    }
  }
  return forms;
}

function asHttp(row: PlannedRow): HttpRequest {
  const { method, path, body, headers } = requestOf(row);
  return {
    method,
    path,
    ...(headers && { headers: Object.entries(headers) }),
    ...(body !== undefined && { body: new TextEncoder().encode(body) }),
  };
}

/** What is seen of both sides: each page of the rows asked several times, the terminals, the last load test. */
export async function observe(
  session: LabSession,
  rows: readonly PlannedRow[],
): Promise<Readonly<Record<SideName, SeenSide>>> {
  const pages = pagesOf(session, rows);
  const [development, production] = await Promise.all(sideNames.map((side) => observeSide(session, side, pages)));
  if (development === undefined || production === undefined) throw new Error("a side was not seen");
  return { development, production };
}

function pagesOf(session: LabSession, rows: readonly PlannedRow[]): readonly string[] {
  const pages = rows.filter(({ method, weight }) => method === "GET" && weight > 0).map(({ path }) => path);
  const statics = [...session.files.value, ...session.assets.value].flatMap(
    ({ path }) => /(?:^|\/)(static\/.+)$/.exec(path)?.[1] ?? [],
  );
  return [...pages.slice(0, mostPages), ...statics.slice(0, 1).map((path) => `/${path}`)];
}

async function observeSide(session: LabSession, name: SideName, paths: readonly string[]): Promise<SeenSide> {
  const side = session.sides[name];
  const report = session.load.result.value?.sides[name]?.report;
  const failed = Object.values(report?.failed ?? {}).reduce((sum, count) => sum + count, 0);
  const pages: SeenPage[] = [];
  for (const path of paths) pages.push(await seenPage(session, name, path));
  return {
    command: side.line.started.value,
    output: side.output.text(),
    workers: side.workforce.value.workers.length,
    pages,
    load: { done: report?.done ?? 0, failed, serverErrors: report?.failed["5xx"] ?? 0 },
  };
}

/** One request after another, as one browser would: with the cookies of the first answer. */
async function seenPage(session: LabSession, name: SideName, path: string): Promise<SeenPage> {
  const answers: SeenAnswer[] = [];
  let cookies = "";
  let failed = 0;
  for (let time = 0; time < times; time += 1) {
    try {
      const headers = cookies === "" ? [] : [["Cookie", cookies] as const];
      const response = await session.sides[name].request({ path, headers, timeout: answersWithin });
      const set = cookiesOf(response);
      if (time === 0) cookies = set.map((cookie) => cookie.split(";")[0] ?? "").join("; ");
      answers.push({
        status: response.status,
        body: new TextDecoder().decode(response.body.subarray(0, longestBody)),
        setCookies: set.map((cookie) => cookie.split("=")[0] ?? ""),
      });
    } catch {
      // It counts as one without an answer, whatever the reason.
      failed += 1;
    }
  }
  return { method: "GET", path, answers, failed };
}

function cookiesOf({ headers }: HttpResponse): readonly string[] {
  return headers.filter(([name]) => name.toLowerCase() === "set-cookie").map(([, value]) => value);
}
