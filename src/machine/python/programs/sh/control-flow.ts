/** `exit`, `return`, `break` and `continue` leave what surrounds them, and so does ^C; a mistake in bash leaves its line. */
export class ControlFlow extends Error {
  constructor(
    readonly what: "exit" | "return" | "break" | "continue" | "interrupt" | "line",
    /** How many loops are left. */
    public levels = 0,
  ) {
    super(what);
  }
}
