/** The rights of a file as letters: `rwxr-xr-x`. */
export function rights(mode: number): string {
  return Array.from((mode & 0o777).toString(2).padStart(9, "0"), (bit, index) =>
    bit === "1" ? "rwx".charAt(index % 3) : "-",
  ).join("");
}
