import type { NativeProgram } from "../../native/system.ts";

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", e: "\x1b", a: "\x07", "\\": "\\" };

/** What `echo` prints for these arguments. */
export function echoText(args: readonly string[]): string {
  let newline = "\n";
  let interpret = false;
  let first = 0;
  for (; /^-[neE]+$/.test(args[first] ?? ""); first += 1) {
    const option = args[first] ?? "";
    if (option.includes("n")) newline = "";
    if (option.includes("e")) interpret = true;
  }
  const text = args.slice(first).join(" ");
  return (
    (interpret ? text.replace(/\\([ntrea\\])/g, (_, letter: string) => escapes[letter] ?? letter) : text) + newline
  );
}

export const echo: NativeProgram = async (system) => {
  await system.print(echoText(system.args));
  return 0;
};
