/** Errors of files that happened in a worker. Only an error's name and message cross to the page (Comlink, "Transfer handlers"). */
import { FileError } from "../machine.ts";

/** What a worker answers about `path`: rejects with a `FileError` again where the worker threw one. */
export async function withFileErrors<T>(path: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const crossed = error instanceof Error && error.name === "FileError";
    throw crossed ? new FileError(path, error.message.slice(error.message.lastIndexOf(" ") + 1)) : error;
  }
}
