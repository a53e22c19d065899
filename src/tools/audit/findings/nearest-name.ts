/** Which known name someone may have meant. */

/**
 * How many letters must be added, taken away, changed, or swapped with their neighbour, to make one word of the other.
 */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      }
      row.push(least);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/** The name that is at most two letters away, one for short names; `undefined` if none is, or if it is known itself. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = name.length > 5 ? 3 : 2;
  for (const each of known) {
    if (each === name) return undefined;
    const far = Math.abs(each.length - name.length) >= least ? least : distance(name, each);
    if (far < least) {
      best = each;
      least = far;
    }
  }
  return best;
}

/** Which known name was meant by another one; undefined if none is near, or it was not looked for. */
export type MeantName = (name: string, known: Iterable<string>) => string | undefined;

/** `nearestName` for a whole text: it gives up after many names, which would take too long, and whose findings nobody sees. */
export function meantNames(most = 100): MeantName {
  let left = most;
  return (name, known) => {
    left -= 1;
    return left < 0 ? undefined : nearestName(name, known);
  };
}
