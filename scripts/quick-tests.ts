/** What `npm run test:quick` runs for files that have changed. */
import { existsSync } from "node:fs";

/** Browser tests by what they are about, the nearest first. Paths of a room begin with its folder. */
const specsByRoom: readonly (readonly [room: string, ...specs: string[]])[] = [
  ["src/machine/python/posix/_thread", "python/python-threads"],
  ["src/machine/python/posix/_signal", "python/python-threads", "python/python-programs"],
  ["src/machine/python/posix/_socket", "python/python-sockets"],
  ["src/machine/python/posix/select", "python/python-sockets"],
  ["src/machine/python/posix/_hashlib", "python/python-hashlib"],
  ["src/machine/python/posix/ahead", "python/python-imports"],
  ["src/machine/python/posix/sqlite3", "python/python-sqlite"],
  ["src/machine/python/posix/", "python/python-programs"],
  ["src/machine/python/process/snapshot/", "python/python-fork"],
  ["src/machine/python/process/files/", "python/python-refused-files"],
  ["src/machine/python/process/", "python/python-programs"],
  ["src/machine/python/kernel/net/", "python/python-sockets"],
  ["src/machine/python/kernel/terminal/", "python/shell"],
  ["src/machine/python/kernel/", "python/python-programs"],
  ["src/machine/python/native/", "python/shell"],
  ["src/machine/python/programs/", "python/shell"],
  ["src/machine/python/", "python/python-sealed"],
  ["src/machine/sealed-frame/", "python/python-sealed"],
  ["src/machine/remote/", "python/contract-python"],
  ["src/machine/node/", "node/node-contract"],
  ["src/machine/linux/", "linux/linux-contract"],
  ["linux/", "linux/linux-guest"],
  ["src/machine/", "python/contract-python"],
  ["src/gate/", "python/contract-python", "lab/browser-pane"],
  ["src/http/", "python/contract-python"],
  ["src/shell/", "python/shell"],
  ["src/load/", "lab/lab-plans"],
  ["src/lab/browser/", "lab/browser-pane"],
  ["src/lab/checks/", "lab/exercises"],
  ["src/lab/faults/", "lab/lab-faults"],
  ["src/lab/islands/", "lab/lab-predict"],
  ["src/lab/replay/", "lab/replay"],
  ["src/lab/runs/", "lab/lab-plans"],
  ["src/lab/share/", "lab/share"],
  ["src/lab/view/panes/", "lab/lab-editor", "lab/terminal"],
  ["src/lab/view/results/", "lab/lab-charts"],
  ["src/lab/view/replay/", "lab/replay"],
  ["src/lab/view/share/", "lab/share"],
  ["src/lab/view/workers/", "lab/lab-faults"],
  ["src/lab/", "lab/lab-servers"],
  ["src/lab-definition/", "lab/lab-servers"],
  ["src/learning/review/", "site/review"],
  ["src/learning/", "site/progress"],
  ["src/tools/audit/", "site/audit"],
  ["src/tools/chooser/", "site/chooser"],
  ["src/tools/check-node/", "node/node-check"],
  ["src/tools/check-computer/", "site/check-computer"],
  ["src/instructors/", "site/embed"],
  ["src/privacy/", "site/privacy"],
  ["src/service-worker/", "offline/offline"],
  ["src/integrations/", "site/every-page"],
  ["src/strings/", "site/pages"],
  ["src/styles/", "site/pages"],
  ["src/site/", "site/pages"],
  ["src/pages/", "site/pages"],
  ["src/components/", "site/pages"],
  ["content/lessons/", "site/pages"],
  ["content/concepts/", "site/pages"],
  ["content/frameworks/", "site/pages"],
  ["scripts/machine-in", "site/development"],
];

/** All specs that the table names, as paths. */
export const specsOfRooms: readonly string[] = [...new Set(specsByRoom.flatMap(([, ...specs]) => specs.map(specPath)))];

function specPath(name: string): string {
  return `e2e/${name}.spec.ts`;
}

/**
 * Browser tests that belong to files that have changed: those that have changed themselves first, then those of the
 * rooms.
 */
export function browserTestsOf(changed: readonly string[]): readonly string[] {
  const own = changed.filter((path) => path.startsWith("e2e/") && path.endsWith(".spec.ts"));
  const ofRooms = changed.filter(isTested).flatMap(specsOf);
  return [...new Set([...own, ...ofRooms])].filter((path) => existsSync(path));
}

/** A unit test and a document change nothing in a browser. */
function isTested(path: string): boolean {
  return !/\.test\.tsx?$|\.md$|\/testing\//.test(path);
}

function specsOf(path: string): readonly string[] {
  const [, lab] = /^content\/labs\/([^/]+)\//.exec(path) ?? [];
  if (lab !== undefined) return [specPath(`claims/${lab}`)];
  const [, ...specs] = specsByRoom.find(([room]) => path.startsWith(room)) ?? [""];
  return specs.map(specPath);
}

/**
 * Unit tests that no import leads to from these files: Python is read as text, documents and scripts by their names.
 */
export function unitTestsBesides(changed: readonly string[]): readonly string[] {
  const besides: string[] = [];
  if (changed.some((path) => path.startsWith("src/machine/python/posix/"))) {
    besides.push("src/machine/python/posix/posix-layer.test.ts");
  }
  if (changed.some((path) => path.startsWith("linux/guest/"))) besides.push("src/machine/linux/agent.test.ts");
  if (changed.some((path) => path.endsWith(".md"))) besides.push("scripts/documents.test.ts");
  if (changed.some((path) => /^package(-lock)?\.json$/.test(path))) besides.push("scripts/dependencies.test.ts");
  return besides;
}
