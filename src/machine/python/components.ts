import type { Component } from "../machine";
import type { Manifest } from "./image";

/** The parts of the Python machine with the labels that they wear on screen. */
export function pythonComponents({ versions }: Manifest): Component[] {
  const packages = ["Flask", "Werkzeug", "gunicorn", "waitress"].map((name): Component => {
    const version = versions.packages[name.toLowerCase()];
    return { name, truth: "real", ...(version ? { version } : {}), note: "As published on PyPI, unpatched." };
  });
  return [
    {
      name: "CPython",
      version: versions.python,
      truth: "real",
      note: `Compiled to WebAssembly by Pyodide ${versions.pyodide}; two of its functions are changed, so that errors have Linux's numbers and words.`,
    },
    ...packages,
    {
      name: "Operating system",
      truth: "replaced",
      note: "Processes, sockets, signals, threads and files are our own code under the published Python modules.",
    },
    {
      name: "Shell",
      truth: "replaced",
      note: "sh, curl, ps, pip and the other small programs are our own, each a process; they print what the real ones print.",
    },
  ];
}
