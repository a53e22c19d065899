/** The programs that the page brings into the container. */
import type { WebContainer } from "@webcontainer/api";
import { downloadProblems, nodeMachineStrings } from "../../strings/strings.ts";
import { MachineError } from "../machine.ts";
import type { ContainerPrograms } from "./messages.ts";

/** Where they are, relative to the container's working directory. */
export const programsFolder = ".two-servers";

/** Fetches them. `scripts/build-node-machine.ts` has made them. Rejects with `MachineError`. */
export async function fetchPrograms(siteRoot: URL, signal?: AbortSignal): Promise<ContainerPrograms> {
  const url = new URL("machine/node/programs.json", siteRoot);
  try {
    const response = await fetch(url, signal ? { signal } : {});
    if (!response.ok) throw new Error(downloadProblems.refused(response.status));
    return await response.json();
  } catch (error) {
    if (signal?.aborted) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new MachineError("asset-failed", nodeMachineStrings.assetFailed("programs.json", reason));
  }
}

/** Writes them into the container. */
export async function mountPrograms({ fs }: WebContainer, programs: ContainerPrograms): Promise<void> {
  await fs.mkdir(programsFolder, { recursive: true });
  for (const [name, source] of Object.entries(programs)) await fs.writeFile(`${programsFolder}/${name}`, source);
}
