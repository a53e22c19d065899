import type { NativeProgram } from "../../native/system.ts";
import { testExpression } from "./execution/test-expression.ts";
import { ShellError } from "./shell-error.ts";
import { Io } from "./state/io.ts";

/** `test EXPRESSION`, `[ EXPRESSION ]`, for those that are no shell: `find -exec test`, `xargs test`. */
export const test: NativeProgram = async (system) => {
  const { args, name } = system;
  try {
    if (name === "[" && args.at(-1) !== "]") throw new ShellError("missing ‘]’");
    const words = name === "[" ? args.slice(0, -1) : args;
    const shell = { system, isBash: true, options: new Set<string>(), path: (path: string) => system.path(path) };
    return testExpression(words, shell, Io.of([0, 1, 2])) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof ShellError)) throw error;
    await system.complain(error.message);
    return 2;
  }
};
