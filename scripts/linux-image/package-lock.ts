import { existsSync, readFileSync } from "node:fs";

/** Each package of the machine's Debian with its version. */
export const lockFile = "linux/packages.lock";

/** One line for each installed package, `name version`, from dpkg's status file. */
export function installedPackages(status: string): string {
  const lines = status.split("\n\n").flatMap((entry) => {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(entry)?.[1];
    const [name, version] = [field("Package"), field("Version")];
    return name && version && field("Status")?.endsWith(" installed") ? [`${name} ${version}`] : [];
  });
  return `${lines.sort().join("\n")}\n`;
}

/** Versions by name. */
export function readLock(): ReadonlyMap<string, string> {
  return parsed(existsSync(lockFile) ? readFileSync(lockFile, "utf8") : "");
}

/** Names of packages whose version is not the locked one, or that are in one of the two only. */
export function comparePackages(locked: ReadonlyMap<string, string>, found: string): readonly string[] {
  const now = parsed(found);
  return [...new Set([...locked.keys(), ...now.keys()])].filter((name) => locked.get(name) !== now.get(name)).sort();
}

function parsed(text: string): ReadonlyMap<string, string> {
  const lines = text.split("\n").filter((line) => line !== "");
  return new Map(
    lines.map((line) => {
      const [name = "", version = ""] = line.split(" ");
      return [name, version] as const;
    }),
  );
}
