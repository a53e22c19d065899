/** `chown` and `chgrp`: every file here belongs to the one user, and may be given to nobody else but to itself. */
import type { System } from "../../native/system.ts";
import { UsageError, withOptions } from "../options.ts";

const known = {
  flags: "RvhfcHLP",
  long: { recursive: "R", verbose: "v", "no-dereference": "h", silent: "f", quiet: "f", changes: "c" },
};

/** Users and groups of this computer, by name and number, as in `/etc/passwd` and `/etc/group`. */
const names: ReadonlySet<string> = new Set(["student", "1000", "root", "0"]);
/** Those that every file has already; a name left out changes nothing. */
const own: ReadonlySet<string> = new Set(["student", "1000", ""]);

const changing = (what: "ownership" | "group") =>
  withOptions(known, async (system, { flags, operands: [given, ...files] }) => {
    if (given === undefined) throw new UsageError("missing operand");
    if (files.length === 0) throw new UsageError(`missing operand after ‘${given}’`);
    const [user = "", group = ""] = what === "group" ? ["", given] : given.split(/[:.]/);
    const wrong = [
      { kind: "user", name: user },
      { kind: "group", name: group },
    ].find(({ name }) => name !== "" && !names.has(name));
    if (wrong !== undefined) {
      await system.complain(`invalid ${wrong.kind}: ‘${given}’`);
      return 1;
    }
    let status = 0;
    for (const name of files) {
      const reason = refusal(system, name, own.has(user) && own.has(group), what);
      if (reason === undefined) {
        if (flags.has("v")) await system.print(`${what} of '${name}' retained as ${given}\n`);
        continue;
      }
      if (!flags.has("f")) await system.complain(reason);
      status = 1;
    }
    return status;
  });

function refusal(system: System, name: string, isOwn: boolean, what: string): string | undefined {
  if (system.files.status(system.path(name)) === undefined) return `cannot access '${name}': No such file or directory`;
  return isOwn ? undefined : `changing ${what} of '${name}': Operation not permitted`;
}

/** `chown [-R] USER[:GROUP] FILE…`. */
export const chown = changing("ownership");
/** `chgrp [-R] GROUP FILE…`. */
export const chgrp = changing("group");
