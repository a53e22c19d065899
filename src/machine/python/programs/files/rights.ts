/** Bits besides `rwx`, from the owner's to the others': where they stand, and the letter that shows them. */
const special = [
  { bit: 0o4000, place: 2, letter: "s" },
  { bit: 0o2000, place: 5, letter: "s" },
  { bit: 0o1000, place: 8, letter: "t" },
] as const;

/** The rights of a file as letters: `rwxr-xr-x`, and `rwsr-xr-t` with the bits besides them. */
export function rights(mode: number): string {
  const letters = Array.from((mode & 0o777).toString(2).padStart(9, "0"), (bit, index) =>
    bit === "1" ? "rwx".charAt(index % 3) : "-",
  );
  for (const { bit, place, letter } of special) {
    if ((mode & bit) !== 0) letters[place] = letters[place] === "x" ? letter : letter.toUpperCase();
  }
  return letters.join("");
}
