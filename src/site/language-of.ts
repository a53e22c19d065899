/** Shiki's names of the languages that lab files are written in, by the end of the file's name. */
const languages = new Map([
  ["py", "python"],
  ["js", "javascript"],
  ["conf", "nginx"],
]);

/** The language of a file, as Shiki calls it. */
export function languageOf(path: string): string {
  return languages.get(path.split(".").at(-1) ?? "") ?? "text";
}
