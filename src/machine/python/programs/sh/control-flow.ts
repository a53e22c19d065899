/** `exit`, `return`, `break` and `continue` leave what surrounds them, and so does ^C. */
export class ControlFlow extends Error {
  constructor(
    readonly what: "exit" | "return" | "break" | "continue" | "interrupt",
    /** How many loops are left. */
    public levels = 0,
  ) {
    super(what);
  }
}
