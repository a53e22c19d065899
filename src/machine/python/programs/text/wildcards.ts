/** Patterns of names, as options such as `--exclude` take them: `*` and `?`, which go over slashes; all else is itself. */

/** The source of a regular expression for a pattern. */
export function wildcardSource(pattern: string): string {
  return pattern
    .replace(/[.+^$()|[\]{}\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
}

/** Whether a pattern fits the whole of a name; none fits nothing. */
export function fitsWildcards(name: string, pattern: string | undefined): boolean {
  return pattern !== undefined && new RegExp(`^${wildcardSource(pattern)}$`).test(name);
}
