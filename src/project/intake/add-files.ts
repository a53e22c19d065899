/** Looks at files that are to be added to a project that is open: all of them are, or none. */
import { type Incoming, IntakeError, type IntakeLimits, intakeLimits } from "./intake-result.ts";
import { pathInTheWay, safePath } from "./path-rules.ts";
import { type FileAsRead, readText } from "./read-text.ts";

/** A file that is there already. */
export interface FileThere {
  readonly path: string;
  /** In bytes. */
  readonly size: number;
}

/**
 * Reads what is to be added. Rejects with `IntakeError`, and reads nothing that is too large.
 *
 * @param folder that they are put into, without a closing slash; empty for the project's own
 */
export async function filesToAdd(
  there: readonly FileThere[],
  folder: string,
  incoming: readonly Incoming[],
  limits: IntakeLimits = intakeLimits,
): Promise<readonly FileAsRead[]> {
  const paths = there.map(({ path }) => path);
  let all = there.reduce((sum, { size }) => sum + size, 0);
  if (paths.length + incoming.length > limits.files)
    throw new IntakeError({ kind: "too many files", limit: limits.files });
  const wanted = incoming.map((from) => {
    const path = safePath(folder === "" ? from.path : `${folder}/${from.path}`);
    if (path === undefined) throw new IntakeError({ kind: "outside path", name: "", path: from.path });
    const inTheWay = pathInTheWay(paths, path);
    if (inTheWay !== undefined) throw new IntakeError({ kind: "taken", path: inTheWay });
    if (from.size > limits.fileBytes) throw new IntakeError({ kind: "file too large", path, limit: limits.fileBytes });
    all += from.size;
    if (all > limits.allBytes) throw new IntakeError({ kind: "too much", limit: limits.allBytes });
    paths.push(path);
    return { path, from };
  });
  return Promise.all(wanted.map(async ({ path, from }) => readText(path, await from.read())));
}
