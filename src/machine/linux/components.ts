import { linuxMachineStrings } from "../../strings/strings.ts";
import type { Component } from "../machine.ts";
import type { LinuxManifest } from "./image.ts";

const words = linuxMachineStrings.components;

/** The parts of the Linux machine with the labels that they wear on screen. */
export function linuxComponents({ v86, debian, kernel, packages }: LinuxManifest): Component[] {
  const programs = ["nginx", "uWSGI", "systemd", "Python", "Flask", "gunicorn", "Waitress"].flatMap(
    (name): Component[] => {
      const version = packages[name];
      return version === undefined ? [] : [{ name, version, truth: "emulated", note: words.programs }];
    },
  );
  return [
    {
      ...words.computer,
      version: v86,
      truth: "emulated",
    },
    {
      name: "Debian",
      version: debian,
      truth: "emulated",
      note: words.debian,
    },
    { name: "Linux", version: kernel, truth: "emulated", note: words.kernel },
    ...programs,
    { ...words.watcher, truth: "replaced" },
  ];
}
