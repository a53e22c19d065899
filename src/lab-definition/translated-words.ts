/** Puts the words of a translation in the place of those that a lab.yaml says in English. */

/** What came of it. */
export interface Translated {
  readonly value: unknown;
  /** What the translation says that has no place, a sentence each. */
  readonly problems: readonly string[];
}

/** Fields that a reader sees. Everything else runs, and is the same in every language. */
const shownField = /(?:^|\.)(?:title|label|question|wants|hint|report|hints\[\d+\]|(?:choices|titles)\.\w+)$/;

/** Names the English text that a translation was made from. */
const originField = "translationOf";

/**
 * The English definition with the words of the translation. Items of a list are matched by their `name`, or the plan
 * that they `use`; those without either by their place.
 *
 * @param english what the lab.yaml says, general plans put in
 * @param translation what the file of the other language says: the same fields, as many of them as it translates
 */
export function withTranslatedWords(english: unknown, translation: unknown): Translated {
  const problems: string[] = [];
  const { [originField]: _, ...words } = isBlock(translation) ? translation : {};
  if (!isBlock(translation)) problems.push("holds no fields. Write e.g.: title: La primera prueba de carga");
  return { value: merged(english, words, "", problems), problems };
}

function merged(english: unknown, words: unknown, path: string, problems: string[]): unknown {
  if (Array.isArray(english) && Array.isArray(words)) return mergedList(english, words, path, problems);
  if (isBlock(english) && isBlock(words)) {
    const result = { ...english };
    for (const [key, value] of Object.entries(words)) {
      const place = path === "" ? key : `${path}.${key}`;
      // The titles of sides may be left out in English, which has usual ones.
      const isUsualTitle = /^sides\.\w+\.title$/.test(place) || /^sides\.\w+\.beside\.title$/.test(place);
      if (key in english || isUsualTitle) result[key] = merged(english[key], value, place, problems);
      else problems.push(`${place} is not in the lab.yaml. Leave it out.`);
    }
    return result;
  }
  if (english === words) return english;
  const isShown = shownField.test(path);
  if (typeof words === "string" && words.trim() !== "" && isShown) return words;
  problems.push(
    isShown
      ? `${path} must be a text, not ${JSON.stringify(words)}.`
      : `${path} is no text for readers and stays as it is in the lab.yaml. Leave it out.`,
  );
  return english;
}

function mergedList(english: readonly unknown[], words: readonly unknown[], path: string, problems: string[]): unknown {
  const result = [...english];
  words.forEach((item, index) => {
    const name = nameOf(item);
    const at = name === undefined ? index : english.findIndex((each) => nameOf(each) === name);
    const place = `${path}[${name ?? index}]`;
    if (at in english) result[at] = merged(english[at], withoutName(item), place, problems);
    else problems.push(`${place} is not in the lab.yaml. Leave it out.`);
  });
  return result;
}

/** What names an item of a list: a plan, an exercise, a symptom. */
function nameOf(item: unknown): string | undefined {
  if (!isBlock(item)) return undefined;
  const name = item["name"] ?? item["use"];
  return typeof name === "string" ? name : undefined;
}

function withoutName(item: unknown): unknown {
  if (!isBlock(item)) return item;
  const { name: _, use: __, ...words } = item;
  return words;
}

function isBlock(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
