/** The contract's errors, as they cross between a machine's worker and the page: with their class. */
import { type ErrorWords, errorWords } from "../../gate/error-words.ts";
import { oneOf, record, text, whole } from "../../gate/shape.ts";
import { ConnectionError, FileError, MachineError } from "../machine.ts";

/** `FileError`, `ConnectionError` and `MachineError`. */
export const machineErrors: readonly ErrorWords[] = [
  errorWords(FileError, {
    name: "FileError",
    shape: record({ path: text(), errno: text(100) }),
    write: ({ path, errno }) => ({ path, errno }),
    read: ({ path, errno }) => new FileError(path, errno),
  }),
  errorWords(ConnectionError, {
    name: "ConnectionError",
    shape: record({ failure: oneOf("refused", "reset", "timed out"), port: whole() }),
    write: ({ failure, port }) => ({ failure, port }),
    read: ({ failure, port }) => new ConnectionError(failure, port),
  }),
  errorWords(MachineError, {
    name: "MachineError",
    shape: record({ cause: text(100), remedy: text() }),
    write: ({ cause, remedy }) => ({ cause, remedy }),
    read: ({ cause, remedy }, message) => new MachineError(cause, { message, remedy }),
  }),
];
