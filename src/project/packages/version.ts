/** Whether a version is one that a requirement asks for, as far as released versions of numbers go (PEP 440, Poetry). */

/** Whether `version` fits `wanted`: `>=3.0,<4`, `==3.0.*`, `~=3.0`, `^3.0`. What cannot be read fits. */
export function fits(version: string, wanted: string): boolean {
  return wanted
    .split(",")
    .filter((each) => each !== "")
    .every((each) => fitsOne(version, each));
}

function fitsOne(version: string, wanted: string): boolean {
  const [, operator = "", text = "", star] =
    /^(===?|!=|~=|>=|<=|>|<|\^|~|)v?(\d[\d.]*?)(\.\*)?$/.exec(wanted.trim()) ?? [];
  if (text === "") return true;
  const [has, asks] = [numbers(version), numbers(text)];
  const order = compare(has, asks);
  switch (operator) {
    case "":
    case "==":
    case "===":
      return star ? begins(has, asks) : order === 0;
    case "!=":
      return star ? !begins(has, asks) : order !== 0;
    case ">=":
      return order >= 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case "<":
      return order < 0;
    case "~=":
      return order >= 0 && begins(has, asks.slice(0, -1));
    case "~":
      return order >= 0 && begins(has, asks.slice(0, 2));
    default:
      return order >= 0 && begins(has, asks.slice(0, asks[0] === 0 ? 2 : 1));
  }
}

function numbers(version: string): readonly number[] {
  return version.split(".").map((part) => Number.parseInt(part, 10) || 0);
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function begins(version: readonly number[], beginning: readonly number[]): boolean {
  return beginning.every((part, at) => part === (version[at] ?? 0));
}
