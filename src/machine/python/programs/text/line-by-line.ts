/**
 * Which text programs can be given a live input line by line, because what they print for a line depends on that line alone. The others read all of
 * their input first.
 */

/** Whether a program with these arguments keeps nothing from one line to the next. */
export function worksLineByLine(name: string, args: readonly string[]): boolean {
  switch (name) {
    case "expand":
    case "fold":
    case "rev":
    case "unexpand":
      return !args.some((arg) => /^(?:-z|--zero-terminated)$/.test(arg));
    case "egrep":
    case "fgrep":
      return args.every((arg) => !/^-/.test(arg) || /^-[Eivowx]+$/.test(arg));
    default:
      return false;
  }
}
