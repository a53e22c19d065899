import { linuxMachineStrings } from "../../strings/strings.ts";
import type { Component } from "../machine.ts";
import type { LinuxManifest } from "./image.ts";

const words = linuxMachineStrings.components;

/** The parts of the Linux machine with the labels that they wear on screen. */
export function linuxComponents({ v86, debian, kernel, packages }: LinuxManifest): Component[] {
  const programs = ["nginx", "uWSGI", "systemd", "Python", "Flask", "gunicorn", "Waitress"].flatMap(
    (name): Component[] => {
      const version = packages[name];
      return version === undefined ? [] : [{ name, version, fidelity: "emulated", note: words.programs }];
    },
  );
  return [
    {
      ...words.computer,
      version: v86,
      fidelity: "emulated",
    },
    {
      name: "Debian",
      version: debian,
      fidelity: "emulated",
      note: words.debian,
    },
    { name: "Linux", version: kernel, fidelity: "emulated", note: words.kernel },
    ...programs,
    { ...words.watcher, fidelity: "replaced" },
  ];
}
