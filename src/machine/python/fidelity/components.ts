import { pythonMachineStrings } from "../../../strings/strings.ts";
import type { Component } from "../../machine.ts";
import type { Manifest } from "../page/image.ts";

const words = pythonMachineStrings.components;

/** The parts of the Python machine with the labels that they wear on screen. */
export function pythonComponents({ versions }: Manifest): Component[] {
  const packages = ["Flask", "Werkzeug", "gunicorn", "waitress"].map((name): Component => {
    const version = versions.packages[name.toLowerCase()];
    return { name, fidelity: "real", ...(version ? { version } : {}), note: words.packages };
  });
  return [
    {
      name: "CPython",
      version: versions.python,
      fidelity: "real",
      note: words.python(versions.pyodide),
    },
    ...packages,
    { ...words.operatingSystem, fidelity: "replaced" },
    { ...words.shell, fidelity: "replaced" },
  ];
}
