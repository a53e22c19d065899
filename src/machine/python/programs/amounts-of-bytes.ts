/** Amounts of bytes as GNU's programs take and show them. */

const small: ReadonlyMap<string, number> = new Map([
  ["c", 1],
  ["w", 2],
  ["b", 512],
]);

/** `4`, `1k`, `10M`, `2MB`, `1KiB`, with one of these letters as the unit; undefined if it is none. */
export function amountOfBytes(text: string, letters: string): number | undefined {
  const [, digits, word, letter = "", end] = /^(\d+)(?:([bcw])|([kKmMG])(B|iB)?|B)?$/.exec(text) ?? [];
  if (digits === undefined || !letters.includes(word ?? letter)) return undefined;
  const power = letter === "" ? 0 : "kmg".indexOf(letter.toLowerCase()) + 1;
  return Number(digits) * (small.get(word ?? "") ?? (end === "B" ? 1000 : 1024) ** power);
}

/** `1.5M`: at most three digits, rounded up. */
export function shortAmount(bytes: number): string {
  let size = bytes;
  let unit = "";
  for (const next of ["K", "M", "G"]) {
    if (Math.ceil(size) < 1024) break;
    size /= 1024;
    unit = next;
  }
  const tenths = Math.ceil(size * 10) / 10;
  return `${unit === "" || tenths >= 10 ? Math.ceil(size) : tenths.toFixed(1)}${unit}`;
}
