/**
 * Mistakes in a script of sed that just-bash takes for something else: a `s` or `y` that is not ended, and letters behind it that mean nothing.
 * The words are GNU sed's.
 */

/** What is wrong with the scripts of a command line, in GNU sed's words; undefined if nothing of that kind is. */
export function sedMistake(args: readonly string[]): string | undefined {
  const scripts = scriptsOf(args);
  for (const [index, script] of scripts.entries()) {
    const mistake = mistakeIn(script);
    if (mistake !== undefined) return `-e expression #${index + 1}, char ${mistake.place}: ${mistake.what}`;
  }
  return undefined;
}

function scriptsOf(args: readonly string[]): readonly string[] {
  const named = args.flatMap((arg, at) => {
    if (/^-[nErsuz]*e$/.test(arg) || arg === "--expression") return [args[at + 1] ?? ""];
    return arg.startsWith("--expression=") ? [arg.slice("--expression=".length)] : [];
  });
  if (named.length > 0 || args.some((arg) => /^-[nErsuz]*f|^--file/.test(arg))) return named;
  return args.filter((arg) => !/^-./.test(arg)).slice(0, 1);
}

/** Only a script that is one `s` or `y`, behind an address at most: what follows others is not parsed here. */
function mistakeIn(script: string): { readonly place: number; readonly what: string } | undefined {
  const [, before = "", command, delimiter] =
    /^(\s*(?:(?:\d+|\$|\/(?:[^/\\]|\\.)*\/)(?:,(?:\d+|\$|\/(?:[^/\\]|\\.)*\/))?\s*!?\s*)?)([sy])([^\w\s\\])/.exec(
      script,
    ) ?? [];
  if (command === undefined || delimiter === undefined || script.includes("\n")) return undefined;
  let at = before.length + 2;
  for (const isPattern of [true, false]) {
    at = endOfPart(script, at, delimiter, isPattern);
    if (at >= script.length) return { place: script.length, what: `unterminated \`${command}' command` };
    at += 1;
  }
  const flags = /^[^\s;}w]*/.exec(script.slice(at))?.[0] ?? "";
  const wrong = command === "s" ? flags.search(/[^gpeIiMm\d#]/) : -1;
  return wrong === -1 ? undefined : { place: at + wrong + 1, what: "unknown option to `s'" };
}

/** Where the delimiter stands that ends a part which begins here; the script's length if none does. In a pattern's brackets it ends nothing. */
function endOfPart(script: string, begin: number, delimiter: string, isPattern: boolean): number {
  let inBrackets = false;
  for (let at = begin; at < script.length; at += 1) {
    const character = script.charAt(at);
    if (character === "\\") at += 1;
    else if (isPattern && character === "[" && script.indexOf("]", at + 2) !== -1) inBrackets = true;
    else if (inBrackets && character === "]") inBrackets = false;
    else if (character === delimiter && !inBrackets) return at;
  }
  return script.length;
}
