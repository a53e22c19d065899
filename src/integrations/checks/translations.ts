/**
 * Holds a translation to its original: what it was made from, and that it claims, runs and asks the same. So a
 * translated page is tested by the runs that test the English one.
 */
import { parse } from "yaml";
import { structureOf } from "../../mdx/page-structure.ts";
import type { ContentFile } from "./content-file.ts";

const hash = /\btranslationOf: ([0-9a-f]{64})\b/;

/** The SHA-256 of the English file that a translation was made from, in hex; `undefined` if it does not say. */
export function originOf(source: string): string | undefined {
  return hash.exec(source)?.[1];
}

/** The path of the English file that a translated one belongs to, both from the project's root. */
export function englishPathOf(path: string): string {
  const [, language = "", folder = "", name = ""] =
    /^content\/([a-z]{2})\/(lessons|concepts|labs)\/(.+)\.(?:mdx|yaml)$/.exec(path) ?? [];
  if (language !== "") return folder === "labs" ? `content/labs/${name}/lab.yaml` : `content/${folder}/${name}.mdx`;
  return path.replace(/^src\/strings\/[a-z]{2}\//, "src/strings/en/");
}

/** Fields of a page that hold words, or what is counted by them; all others are the same in every language. */
const worded: ReadonlySet<string> = new Set([
  "title",
  "description",
  "objectives",
  "prerequisites",
  "tags",
  "keyPoints",
  "instructors",
  "question",
  "text",
  "why",
  "translationOf",
]);

/**
 * What a translated page has otherwise than its original, a sentence each with the file to mend.
 *
 * @throws Error if one of them is not valid MDX
 */
export function problemsOfTranslation(english: ContentFile, translated: ContentFile): readonly string[] {
  const said = (what: string) => `${translated.path}: ${what}, unlike ${english.path}.`;
  const [original, own] = [english, translated].map(({ source }) => countsOf(structureOf(source)));
  const problems: string[] = [];
  if (originOf(translated.source) === undefined) {
    problems.push(
      `${translated.path}: it does not say what it was made from. Write: npm run translations -- --made ${translated.path}`,
    );
  }
  for (const part of new Set([...(original?.keys() ?? []), ...(own?.keys() ?? [])])) {
    const [wanted, there] = [original?.get(part) ?? 0, own?.get(part) ?? 0];
    if (wanted !== there) problems.push(said(`${JSON.stringify(part)} stands ${there} times, not ${wanted}`));
  }
  const fields = [english, translated].map(({ source }) =>
    JSON.stringify(withoutWords(frontmatterOf(source)), null, 1),
  );
  if (fields[0] !== fields[1]) {
    const [wanted = [], there = []] = fields.map((each) => each?.split("\n") ?? []);
    const at = wanted.findIndex((line, index) => line !== there[index]);
    problems.push(said(`the frontmatter has ${there[at]?.trim() ?? "no more"} where ${wanted[at]?.trim()} should be`));
  }
  return problems;
}

function countsOf(parts: readonly string[]): ReadonlyMap<string, number> {
  return new Map([...Map.groupBy(parts, (part) => part)].map(([part, all]) => [part, all.length]));
}

function frontmatterOf(source: string): unknown {
  return parse(/^---\n([\s\S]*?)\n---\n/.exec(source)?.[1] ?? "");
}

/** The value with fields of words left out, and of each list at least its length. */
function withoutWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([field]) => !worded.has(field));
  return Object.fromEntries(
    kept.sort(([a], [b]) => (a < b ? -1 : 1)).map(([field, each]) => [field, withoutWords(each)]),
  );
}
