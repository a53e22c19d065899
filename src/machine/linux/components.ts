import type { Component } from "../machine.ts";
import type { LinuxManifest } from "./image.ts";

/** The parts of the Linux machine with the labels that they wear on screen. */
export function linuxComponents({ v86, debian, kernel, packages }: LinuxManifest): Component[] {
  const programs = ["nginx", "uWSGI", "systemd", "Python", "Flask", "gunicorn", "Waitress"].flatMap(
    (name): Component[] => {
      const version = packages[name];
      return version === undefined
        ? []
        : [{ name, version, truth: "emulated", note: "The published program, on the emulated PC." }];
    },
  );
  return [
    {
      name: "PC",
      version: v86,
      truth: "emulated",
      note: "v86 emulates a PC with one processor in WebAssembly: many times slower than this computer. Compare the sides, not the figures.",
    },
    {
      name: "Debian",
      version: debian,
      truth: "emulated",
      note: "Packages as Debian publishes them, without manuals and translations.",
    },
    { name: "Linux", version: kernel, truth: "emulated", note: "Debian's source, built for the emulated PC." },
    ...programs,
    {
      name: "Watcher of connections",
      truth: "replaced",
      note: "A small library notes which process accepts a connection, so that the lab can show it. Requests of this page come from 10.0.N.1.",
    },
  ];
}
