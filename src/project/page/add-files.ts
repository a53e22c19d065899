/** Adds files to the project that is open. */
import type { LabSession } from "../../lab/session/lab-session.ts";
import { filesToAdd } from "../intake/add-files.ts";
import { type Incoming, IntakeError } from "../intake/intake-result.ts";
import { noteSentence, problemSentence } from "./intake-words.ts";

/** The bytes of a file of the project; none if there is no such file. */
export function bytesInProject(session: LabSession, path: string): Uint8Array<ArrayBuffer> {
  const asset = session.assets.value.find((each) => each.path === path);
  const text = session.files.value.find((each) => each.path === path)?.text ?? "";
  return new Uint8Array(asset ? asset.bytes : new TextEncoder().encode(text));
}

/** What came of adding files: whether they were, and what there is to say of it. */
export interface AddedFiles {
  readonly added: boolean;
  readonly sentence: string;
}

/**
 * Adds files, all or none.
 *
 * @param folder that they are put into, without a closing slash; empty for the project's own
 */
export async function addToProject(
  session: LabSession,
  folder: string,
  incoming: readonly Incoming[],
): Promise<AddedFiles> {
  const there = [...session.files.value, ...session.assets.value].map(({ path }) => ({
    path,
    size: bytesInProject(session, path).byteLength,
  }));
  try {
    const read = await filesToAdd(there, folder, incoming);
    for (const { file } of read)
      await session.putFile(
        file.kind === "text" ? { path: file.path, text: file.text } : { path: file.path, bytes: file.bytes },
      );
    const notes = read.flatMap((each) => each.notes);
    return { added: true, sentence: notes.map(noteSentence).join(" ") };
  } catch (error) {
    if (error instanceof IntakeError) return { added: false, sentence: problemSentence(error.problem) };
    throw error;
  }
}
