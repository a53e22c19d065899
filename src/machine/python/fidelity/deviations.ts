import { pythonDeviationStrings } from "../../../strings/strings.ts";
import { type Deviation, deviations } from "../../deviation.ts";

/**
 * Where the Python machine differs from CPython on Linux. The published packages run unpatched: all of this lies below
 * them.
 */
export const pythonDeviations: readonly Deviation[] = deviations(pythonDeviationStrings, {
  processes: "e2e/python/contract-python.spec.ts",
  fork: "e2e/python/python-fork.spec.ts",
  threads: "e2e/python/python-threads.spec.ts",
  sockets: "e2e/python/python-sockets.spec.ts",
  backlog: "src/machine/python/kernel/net/network.test.ts",
  signals: "e2e/python/python-gunicorn.spec.ts",
  tracebacks: "e2e/reference/scenarios/system.ts",
  sqlite: "e2e/python/python-sqlite.spec.ts",
  terminal: "e2e/reference/scenarios/system.ts",
  memory: "e2e/python/python-limits.spec.ts",
  files: "src/machine/python/kernel/files/files.test.ts",
  packages: "e2e/python/python-packages.spec.ts",
  proc: "e2e/python/python-system.spec.ts",
  controlSocket: "e2e/python/python-gunicorn.spec.ts",
  modules: "e2e/python/python-imports.spec.ts",
  semaphores: "e2e/python/python-flask.spec.ts",
  shell: "e2e/python/shell.spec.ts",
  browser: "e2e/lab/browser-pane.spec.ts",
  users: "e2e/python/python-programs.spec.ts",
});
