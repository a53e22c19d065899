/** The order of Debian's version numbers (deb-version(7)). */

/** Negative where the first is older, positive where it is newer. */
export function compareVersions(a: string, b: string): number {
  const [one, two] = [partsOf(a), partsOf(b)];
  return one.epoch - two.epoch || compareText(one.upstream, two.upstream) || compareText(one.revision, two.revision);
}

function partsOf(version: string): { epoch: number; upstream: string; revision: string } {
  const [, epoch = "0", rest = version] = /^(\d+):(.*)$/.exec(version) ?? [];
  const dash = rest.lastIndexOf("-");
  const upstream = dash < 0 ? rest : rest.slice(0, dash);
  return { epoch: Number(epoch), upstream, revision: dash < 0 ? "0" : rest.slice(dash + 1) };
}

/** Runs of other characters and of digits, in turn. */
function compareText(a: string, b: string): number {
  const [one, two] = [runsOf(a), runsOf(b)];
  for (let at = 0; at < Math.max(one.length, two.length); at++) {
    const [left, right] = [one[at] ?? "", two[at] ?? ""];
    const difference = at % 2 === 0 ? compareCharacters(left, right) : Number(left) - Number(right);
    if (difference !== 0) return difference;
  }
  return 0;
}

function runsOf(text: string): readonly string[] {
  return [...text.matchAll(/(\D*)(\d*)/g)].flatMap(([, other = "", digits = ""]) => [other, digits]);
}

/** A tilde comes before the end, the end before letters, letters before the rest. */
function compareCharacters(a: string, b: string): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = rankOf(a[at]) - rankOf(b[at]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function rankOf(character: string | undefined): number {
  if (character === undefined) return 0;
  if (character === "~") return -1;
  return character.charCodeAt(0) + (/[A-Za-z]/.test(character) ? 0 : 256);
}
