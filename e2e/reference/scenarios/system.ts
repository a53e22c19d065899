import type { Course } from "../scenario.ts";

/** What the servers stand on. */
export const systemCourses: readonly Course[] = [
  {
    name: "the operating system",
    scenarios: [
      { name: "files", runs: ["python", "os_files.py"] },
      { name: "signals and children", runs: ["python", "os_signals.py"] },
      { name: "terminals", runs: ["python", "os_terminal.py"] },
      { name: "tracebacks", runs: ["python", "os_tracebacks.py"] },
      { name: "backlogs", runs: ["python", "backlog.py"] },
    ],
  },
];
