import { record, type Shape, text } from "./shape.ts";

/** An error as it crosses: its class's name, what it says, and what else its class needs to be made again. */
export interface CrossingError {
  readonly name: string;
  readonly message: string;
  readonly detail: unknown;
}

/** How errors of one class cross a gate: as plain data, and are made again on the other side. */
export interface ErrorWords {
  readonly name: string;
  /** What the other side needs to make it again; undefined where the error is of another class. */
  write(error: unknown): unknown;
  /** Made again; undefined where this is not what `write` wrote. */
  read(detail: unknown, message: string): Error | undefined;
}

/** Longest message that crosses, in UTF-16 units; the rest is left out. */
const longestMessage = 10_000;

/** What an error that crosses looks like. */
export const crossingError: Shape<CrossingError> = record({
  name: text(100),
  message: text(longestMessage),
  detail: (_value: unknown): _value is unknown => true,
});

/** Describes errors of one class by the plain data that they consist of. */
export function errorWords<E extends Error, D>(
  errorClass: new (...parts: never) => E,
  words: { readonly name: string; readonly shape: Shape<D>; write(error: E): D; read(detail: D, message: string): E },
): ErrorWords {
  return {
    name: words.name,
    write: (error) => (error instanceof errorClass ? words.write(error) : undefined),
    read: (detail, message) => (words.shape(detail) ? words.read(detail, message) : undefined),
  };
}

/** An error as plain data. */
export function writeError(error: unknown, known: readonly ErrorWords[]): CrossingError {
  const message = (error instanceof Error ? error.message : String(error)).slice(0, longestMessage);
  for (const words of known) {
    const detail = words.write(error);
    if (detail !== undefined) return { name: words.name, message, detail };
  }
  return { name: "Error", message, detail: undefined };
}

/** The error again: of its class, where that is known, and otherwise a plain one with its message. */
export function readError({ name, message, detail }: CrossingError, known: readonly ErrorWords[]): Error {
  return known.find((words) => words.name === name)?.read(detail, message) ?? new Error(message);
}
