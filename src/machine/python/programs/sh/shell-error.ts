/** A command that cannot be done. The message is what the shell says. */
export class ShellError extends Error {
  override readonly name: string = "ShellError";
  constructor(
    message: string,
    readonly status = 2,
    /** A shell without a prompt ends. */
    readonly fatal = false,
  ) {
    super(message);
  }
}

/** A call too many: all calls around it end, or one that calls itself twice would go on almost for ever. */
export class RecursionError extends ShellError {
  override readonly name = "RecursionError";
}
