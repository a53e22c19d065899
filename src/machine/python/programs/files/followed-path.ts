import type { System } from "../../native/system.ts";

/** Where an absolute path leads, links and all; undefined if it leads nowhere. The last part need not be there. */
export function pathFollowed(system: System, path: string, links = 40): string | undefined {
  const parts = path.split("/").filter((part) => part !== "");
  let place = "";
  for (const [index, part] of parts.entries()) {
    const next = `${place}/${part}`;
    const status = system.files.status(next, "keep");
    if (status === undefined && index < parts.length - 1) return undefined;
    if (status?.target !== undefined) {
      if (links === 0) return undefined;
      const target = status.target.startsWith("/") ? status.target : `${place}/${status.target}`;
      const rest = parts.slice(index + 1).join("/");
      return pathFollowed(system, system.path(`${target}/${rest}`), links - 1);
    }
    place = next;
  }
  return place || "/";
}
