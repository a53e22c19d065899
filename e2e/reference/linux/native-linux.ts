/** Runs a course with this computer's own nginx and uWSGI. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { nativePython } from "../../../scripts/native-python.ts";
import type { LinuxCourse } from "./scenarios.ts";

const script = fileURLToPath(new URL("native.sh", import.meta.url));

/** What was printed: by each line, by its name, and by the server from its first answer on. */
export interface Printed {
  readonly lines: Readonly<Record<string, string>>;
  readonly server: string;
}

/** What this computer lacks, as a sentence; `undefined` if it has all. */
export function missingPrograms(): string | undefined {
  const namespaces = spawnSync("unshare", ["--net", "--pid", "--fork", "--mount", "true"]).status === 0;
  if (!namespaces) return "The native nginx and uWSGI need a root user who may make namespaces.";
  const wanted = ["nginx", "uwsgi_python3", "curl", "openssl", "ip"];
  const missing = wanted.filter((name) => spawnSync("sh", ["-c", `command -v ${name}`]).status !== 0);
  if (missing.length === 0) return undefined;
  return `There is no ${missing.join(", ")} on this computer: apt-get install nginx uwsgi uwsgi-plugin-python3 curl openssl iproute2`;
}

/** Throws if the servers do not answer. */
export function runNatively({ lab, ready, scenarios }: LinuxCourse, command: string): Printed {
  const python = nativePython();
  const folder = mkdtempSync(join(tmpdir(), "two-servers-linux-"));
  try {
    writeFileSync(join(folder, "ready"), ready);
    for (const [number, { line }] of scenarios.entries()) writeFileSync(join(folder, `${number}.sh`), line);
    const namespaces = ["--net", "--pid", "--fork", "--mount-proc", "--mount"];
    const { status, stderr } = spawnSync(
      "unshare",
      [...namespaces, "sh", script, resolve("content/labs", lab), folder, command],
      { env: { ...process.env, ...python.env }, encoding: "utf8", timeout: 120_000, killSignal: "SIGKILL" },
    );
    if (status !== 0) throw new Error(`The native servers failed: ${stderr}`);
    const printed = (name: string) => readFileSync(join(folder, name), "utf8");
    const lines = Object.fromEntries(scenarios.map(({ name }, number) => [name, printed(`${number}.out`)]));
    return { lines, server: printed("server.out").slice(Number(printed("before"))) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
