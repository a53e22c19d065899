/**
 * Commands that a course's students would type and this machine does not have: each says why, and what to do instead.
 */
import type { NativeProgram } from "../native/system.ts";

const linux = "runs on the Linux machine";
const editor = "nano FILE edits at this terminal, and the tabs beside this shell show the same files";
const packages = "no network to fetch packages from: pip installs those of Python that the site brings along";

/** Why a command is not here, by its name. */
export const absentPrograms: ReadonlyMap<string, string> = new Map([
  ...["nginx", "uwsgi", "systemctl", "service", "supervisord"].map((name) => [name, `${name} ${linux}`] as const),
  ...["vi", "vim", "nvim", "emacs", "pico", "code"].map((name) => [name, editor] as const),
  ...["apt", "apt-get", "brew", "conda"].map((name) => [name, packages] as const),
  ["virtualenv", "python -m venv makes a virtual environment"],
  ...["sudo", "su"].map((name) => [name, "student may do everything here without it"] as const),
  ["info", "man prints a page about each command"],
  ...["less", "more"].map((name) => [name, "cat prints a file"] as const),
  ["htop", "top shows all processes, ps aux prints them"],
  ["wget", "curl asks this computer's servers; there is no other network"],
  ...["ssh", "ping", "telnet"].map((name) => [name, "this computer has no network"] as const),
]);

/** Says why it is not here; exits as a command that is not found. */
export const absent: NativeProgram = async (system) => {
  await system.complain(`not on this machine: ${absentPrograms.get(system.name) ?? "it did not come with the page"}`);
  return 127;
};
