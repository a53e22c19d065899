/**
 * Which text programs can be given a live input line by line, because what they print for a line depends on that line alone. The others read all of
 * their input first.
 */

/** Whether a program with these arguments keeps nothing from one line to the next. */
export function worksLineByLine(name: string, args: readonly string[]): boolean {
  switch (name) {
    case "cut":
    case "expand":
    case "fold":
    case "rev":
    case "unexpand":
      return !args.some((arg) => /^(?:-z|--zero-terminated)$/.test(arg));
    case "egrep":
    case "fgrep":
      return args.every((arg) => !/^-/.test(arg) || /^-[Eivowx]+$/.test(arg));
    case "awk":
      return awkKeepsNothing(args);
    default:
      return false;
  }
}

function awkKeepsNothing(args: readonly string[]): boolean {
  let program: string | undefined;
  for (let at = 0; at < args.length && program === undefined; at += 1) {
    const arg = args[at] ?? "";
    if (arg === "-F" || arg === "-v") at += 1;
    else if (/^-/.test(arg)) {
      if (!/^-[Fv]./.test(arg)) return false;
    } else program = arg;
  }
  if (program === undefined) return false;
  // What stands in strings and in patterns is no program.
  const code = program.replace(/"(?:[^"\\]|\\.)*"/g, '""').replace(/(^|[\s(,;!~&|{}])\/(?:[^/\\]|\\.)*\//g, "$1//");
  const outside = code.replace(/\{[^{}]*\}/g, "");
  return (
    !/\b(?:BEGIN|END|NR|FNR|getline|function|exit|nextfile|system|close|rand|srand|delete)\b/.test(code) &&
    !/(?:^|[^$\w\])])[A-Za-z_]\w*\s*(?:\[[^\]]*\]\s*)?(?:[-+*/%^]?=(?![=~])|\+\+|--)|(?:\+\+|--)\s*[A-Za-z_]/.test(
      code,
    ) &&
    !/print[^;{}]*[>|]/.test(code) &&
    !outside.includes(",")
  );
}
