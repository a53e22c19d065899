/**
 * Programs that tell of the machine: `top`, `free`, `uptime`, `id`, `nproc`. What a page cannot know they leave
 * out.
 */
import type { NativeProgram, System } from "../../native/system.ts";
import { nameOf } from "./ps.ts";

async function uptimeLine(system: System): Promise<string> {
  const rows = await system.processes();
  const now = Date.now();
  const oldest = Math.min(...rows.map(({ started }) => started), now);
  const minutes = Math.floor((now - oldest) / 60_000);
  const busy = rows.filter(({ state }) => state === "running").length.toFixed(2);
  const up = minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
  // Of the load there is no history here: it is how many run now.
  return `${new Date().toTimeString().slice(0, 8)} up ${up},  1 user,  load average: ${busy}, ${busy}, ${busy}`;
}

/** `uptime`: for how long the machine has run. */
export const uptime: NativeProgram = async (system) => {
  await system.print(` ${await uptimeLine(system)}\n`);
  return 0;
};

/** `top -b -n 1`; without `-b` again and again, until ^C. */
export const top: NativeProgram = async (system) => {
  const args = system.args.join(" ");
  const unknown = system.args.find((arg) => arg.startsWith("-") && !/^-[bndcHp\d.]+$/.test(arg));
  if (unknown !== undefined) {
    await system.complain(`unknown option '${unknown.slice(1)}'`);
    return 1;
  }
  const batch = /(?:^|\s)-\w*b/.test(args);
  const times = Number(/-\w*n\s*(\d+)/.exec(args)?.[1] ?? Number.POSITIVE_INFINITY);
  const pause = Number(/-\w*d\s*([\d.]+)/.exec(args)?.[1] ?? 3) * 1000;
  for (let round = 0; round < times; round += 1) {
    if (round > 0) await system.sleep(pause);
    await system.print(`${batch ? "" : "\x1b[H\x1b[2J"}${await screen(system)}${batch ? "\n" : ""}`);
  }
  return 0;
};

async function screen(system: System): Promise<string> {
  const rows = await system.processes();
  const count = (state: string) => rows.filter((row) => row.state === state).length;
  const head = [
    `top - ${await uptimeLine(system)}`,
    `Tasks: ${String(rows.length).padStart(3)} total, ${String(count("running")).padStart(3)} running, ${String(count("waiting")).padStart(3)} sleeping, ${String(count("stopped")).padStart(3)} stopped, ${String(count("zombie")).padStart(3)} zombie`,
    "How long a processor was busy with each is not known in a page.",
    "",
    "    PID USER      S    RES COMMAND",
  ];
  const letter: Readonly<Record<string, string>> = {
    running: "R",
    starting: "R",
    waiting: "S",
    stopped: "T",
    zombie: "Z",
  };
  const lines = rows.map(
    (row) =>
      `${String(row.pid).padStart(7)} student   ${letter[row.state] ?? "?"} ${String(Math.round(row.memory / 1024)).padStart(6)} ${nameOf(row)}`,
  );
  return [...head, ...lines].map((line) => `${line}\n`).join("");
}

/** What the machine's processes have taken; how much memory the computer has is not told to a page. */
export const free: NativeProgram = async (system) => {
  const unknown = system.args.find((arg) => !/^-[hmkgb]+$/.test(arg));
  if (unknown !== undefined) {
    await system.complain(`invalid option -- '${unknown.replace(/^-+/, "")}'`);
    return 1;
  }
  const used = (await system.processes()).reduce((sum, { memory }) => sum + memory, 0);
  const option = system.args.join("");
  const unit = option.includes("m") ? 1024 ** 2 : option.includes("g") ? 1024 ** 3 : option.includes("b") ? 1 : 1024;
  const shown = option.includes("h") ? `${(used / 1024 ** 2).toFixed(0)}Mi` : String(Math.round(used / unit));
  await system.print(
    `               total        used        free      shared  buff/cache   available\nMem:               -${shown.padStart(12)}           -           -           -           -\n`,
  );
  return 0;
};

/** `id`: of the one user. */
export const id: NativeProgram = async (system) => {
  const [option] = system.args.filter((arg) => arg.startsWith("-"));
  const names = option?.includes("n");
  if (option === undefined) await system.print("uid=1000(student) gid=1000(student) groups=1000(student)\n");
  else if (/^-n?[ugG]n?r?$/.test(option)) await system.print(names ? "student\n" : "1000\n");
  else {
    await system.complain(`invalid option -- '${option.slice(1, 2)}'`);
    return 1;
  }
  return 0;
};

/** `nproc`: the number of processors that the browser tells of. */
export const nproc: NativeProgram = async (system) => {
  await system.print(`${navigator.hardwareConcurrency}\n`);
  return 0;
};
