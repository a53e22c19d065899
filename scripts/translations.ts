/**
 * Says of each translation whether its English original has changed since, and what is not translated yet.
 *
 *     npm run translations
 *     npm run translations -- --made content/es/lessons/01-two-servers.mdx    notes that it was brought up to date
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { filesBelow } from "../src/integrations/checks/content-file.ts";
import { englishPathOf, originOf } from "../src/integrations/checks/translations.ts";
import { languageNames, type SiteLanguage, translatedLanguages } from "../src/site/languages.ts";
import { englishWords, translations } from "../src/strings/languages.ts";

/** A translated file beside its original. */
export interface Standing {
  readonly path: string;
  readonly english: string;
  /**
   * `behind`: the original has changed since. `unknown`: it does not say what it was made from. `orphan`: there is no
   * such original.
   */
  readonly state: "current" | "behind" | "unknown" | "orphan";
}

/** The name of a text's content, as translations note it. */
export function hashOf(source: string): string {
  return createHash("sha256").update(source).digest("hex");
}

/**
 * How a translation stands.
 *
 * @param original the text of the English file; `undefined` if there is none
 */
export function standingOf(path: string, source: string, original: string | undefined): Standing {
  const origin = originOf(source);
  const state =
    original === undefined
      ? "orphan"
      : origin === undefined
        ? "unknown"
        : origin === hashOf(original)
          ? "current"
          : "behind";
  return { path, english: englishPathOf(path), state };
}

/** The text of a translated file, saying that it was made from this original. */
export function madeFrom(path: string, source: string, original: string): string {
  const line = `translationOf: ${hashOf(original)}`;
  if (originOf(source) !== undefined) return source.replace(/\btranslationOf: [0-9a-f]{64}\b/, line);
  if (path.endsWith(".ts")) return `// ${line}\n${source}`;
  return path.endsWith(".mdx") ? source.replace(/^---\n/, `---\n${line}\n`) : `${line}\n${source}`;
}

/** Names of words that a language leaves to English: `siteStrings`, or `siteStrings.handout` where it has the rest. */
export function missingWords(words: object, of: object = englishWords): readonly string[] {
  return Object.entries(of).flatMap(([name, parts]: [string, unknown]) => {
    const own: unknown = Reflect.get(words, name);
    if (typeof own !== "object" || own === null) return [name];
    const partNames = typeof parts === "object" && parts !== null ? Object.keys(parts) : [];
    return partNames.filter((part) => !(part in own)).map((part) => `${name}.${part}`);
  });
}

const texts = (language: SiteLanguage) => [
  ...filesBelow(".", `content/${language}/lessons`, ".mdx"),
  ...filesBelow(".", `content/${language}/concepts`, ".mdx"),
  ...filesBelow(".", `content/${language}/labs`, ".yaml"),
  ...filesBelow(".", `src/strings/${language}`, ".ts").filter(({ path }) => existsSync(englishPathOf(path))),
];

const read = (path: string) => (existsSync(path) ? readFileSync(path, "utf8") : undefined);

/** The commit whose version of the English file a translation was made from, if this copy of the repository has it. */
function commitOf(path: string, origin: string | undefined): string | undefined {
  const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8", stdio: "pipe" });
  try {
    const commits = git("log", "--format=%h", "--", path).trim().split("\n");
    return commits.find((commit) => hashOf(git("show", `${commit}:${path}`)) === origin);
  } catch {
    // No git, or a file that is not in it yet: the changes cannot be shown.
    return undefined;
  }
}

function report(language: SiteLanguage & keyof typeof translations): string {
  const all = texts(language).map(({ path, source }) => ({
    source,
    ...standingOf(path, source, read(englishPathOf(path))),
  }));
  const lines = all.flatMap(({ path, english: original, state, source }) => {
    if (state === "current") return [];
    if (state === "orphan") return [`${path}: there is no ${original}.`];
    if (state === "unknown") return [`${path}: does not say what it was made from.`];
    const commit = commitOf(original, originOf(source));
    return [`${path}: behind. ${commit === undefined ? original : `git diff ${commit} -- ${original}`}`];
  });
  const there = new Set(all.map(({ english: original }) => original));
  const untranslated = ["lessons", "concepts"].flatMap((folder) =>
    filesBelow(".", `content/${folder}`, ".mdx").filter(({ path }) => !there.has(path)),
  );
  return [
    `${languageNames[language]}: ${all.length} files, ${lines.length} to look at.`,
    ...lines.map((line) => `  ${line}`),
    `  In English: ${untranslated.map(({ path }) => basename(path, ".mdx")).join(", ")}.`,
    `  Words in English: ${missingWords(translations[language]).join(", ")}.`,
  ].join("\n");
}

function noteMade(path: string): void {
  const [source, original] = [read(path), read(englishPathOf(path))];
  if (source === undefined) throw new Error(`${path}: there is no such file.`);
  if (original === undefined) throw new Error(`${path}: there is no ${englishPathOf(path)}.`);
  writeFileSync(path, madeFrom(path, source, original));
}

if (import.meta.main) {
  const [option, ...paths] = process.argv.slice(2);
  if (option === "--made") paths.forEach(noteMade);
  else for (const language of translatedLanguages) console.log(report(language));
}
