/** Programs about paths and names: `mktemp`, `realpath`, `basename`, `dirname`. */
import { SyscallError } from "../../kernel/errno.ts";
import { UsageError, withOptions } from "../options.ts";
import { pathFollowed } from "./followed-path.ts";

/** `basename PATH [SUFFIX]`, `basename -a PATH…`, `basename -s SUFFIX PATH…` */
export const basename = withOptions(
  { flags: "az", values: "s", long: { multiple: "a", suffix: "s", zero: "z" } },
  async (system, { flags, values, operands }) => {
    const suffix = values.get("s");
    const many = flags.has("a") || suffix !== undefined;
    if (operands.length === 0) throw new UsageError("missing operand");
    if (!many && operands.length > 2) throw new UsageError(`extra operand ‘${operands[2]}’`);
    const end = flags.has("z") ? "\0" : "\n";
    const names = (many ? operands : operands.slice(0, 1)).map((path) => {
      const name = path === "" ? "" : path.replace(/\/+$/, "").replace(/^.*\//s, "") || "/";
      const cut = (many ? suffix : operands[1]) ?? "";
      return cut !== "" && name !== cut && name.endsWith(cut) ? name.slice(0, -cut.length) : name;
    });
    await system.print(names.map((name) => name + end).join(""));
    return 0;
  },
);

/** `dirname PATH…`: paths without their last parts. */
export const dirname = withOptions({ flags: "z", long: { zero: "z" } }, async (system, { flags, operands }) => {
  if (operands.length === 0) throw new UsageError("missing operand");
  const folders = operands.map((path) => {
    const folder = path
      .replace(/\/+$/, "")
      .replace(/[^/]*$/, "")
      .replace(/\/+$/, "");
    return folder || (path.startsWith("/") ? "/" : ".");
  });
  await system.print(folders.map((folder) => `${folder}${flags.has("z") ? "\0" : "\n"}`).join(""));
  return 0;
});

/** `realpath [-e | -m] [-s] PATH…` */
export const realpath = withOptions(
  {
    flags: "emsqLP",
    long: { "canonicalize-existing": "e", "canonicalize-missing": "m", strip: "s", "no-symlinks": "s", quiet: "q" },
  },
  async (system, { flags, operands }) => {
    if (operands.length === 0) throw new UsageError("missing operand");
    let code = 0;
    for (const name of operands) {
      const path = system.path(name);
      const found = flags.has("s") ? path : (pathFollowed(system, path) ?? (flags.has("m") ? path : undefined));
      if (found === undefined || name === "" || (flags.has("e") && system.files.status(found) === undefined)) {
        if (!flags.has("q")) await system.complain(`${name || "''"}: No such file or directory`);
        code = 1;
      } else await system.print(`${found}\n`);
    }
    return code;
  },
);

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** `mktemp [-d] [-u] [-p FOLDER | -t] [TEMPLATE]` */
export const mktemp = withOptions(
  {
    flags: "duqt",
    values: "pS",
    long: { directory: "d", "dry-run": "u", quiet: "q", tmpdir: "p", suffix: "S" },
  },
  async (system, { flags, values, operands }) => {
    const [template = "tmp.XXXXXXXXXX", more] = operands;
    if (more !== undefined) throw new UsageError("too many templates");
    const whole = template + (values.get("S") ?? "");
    const [, before, marks = "", after = ""] = /^(.*?)(X{3,})([^X]*)$/s.exec(whole) ?? [];
    if (before === undefined) throw new UsageError(`too few X's in template ‘${template}’`);
    const folder =
      operands.length === 0 || flags.has("t") ? (values.get("p") ?? system.env["TMPDIR"] ?? "/tmp") : values.get("p");
    const random = () =>
      Array.from(crypto.getRandomValues(new Uint8Array(marks.length)), (byte) => letters[byte % letters.length]);
    let name: string;
    do name = `${folder === undefined ? "" : `${folder}/`}${before}${random().join("")}${after}`;
    while (system.files.status(system.path(name), "keep") !== undefined);
    const kind = flags.has("d") ? "directory" : "file";
    try {
      if (!flags.has("u")) system.files.create(system.path(name), kind, kind === "directory" ? 0o700 : 0o600);
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error;
      const shown = `${folder === undefined ? "" : `${folder}/`}${whole}`;
      throw new UsageError(`failed to create ${kind} via template ‘${shown}’: ${error.message}`);
    }
    await system.print(`${name}\n`);
    return 0;
  },
);
