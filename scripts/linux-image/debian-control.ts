/** The paragraphs of Debian's control files: package lists, `status`, a package's `control` (deb-control(5)). */

/** Fields by name. A field of several lines keeps its line breaks. */
export type Paragraph = ReadonlyMap<string, string>;

/** All paragraphs of a text, in its order. */
export function parseParagraphs(text: string): readonly Paragraph[] {
  return text
    .split(/\n\n+/)
    .filter((paragraph) => paragraph.trim() !== "")
    .map((paragraph) => {
      const fields = paragraph.replace(/\n$/, "").split(/\n(?![ \t])/);
      return new Map(
        fields.map((field) => {
          const colon = field.indexOf(":");
          return [field.slice(0, colon), field.slice(colon + 1).trim()] as const;
        }),
      );
    });
}

/**
 * A relation such as `libc6 (>= 2.36) | libc6.1`: the names of its alternatives, without versions and architectures.
 */
export function alternativesOf(relation: string): readonly string[] {
  return relation
    .split("|")
    .map((alternative) => /^[a-z0-9][a-z0-9.+-]*/.exec(alternative.trim())?.[0] ?? "")
    .filter((name) => name !== "");
}

/** The relations of a field such as `Depends`. */
export function relationsOf(field: string | undefined): readonly string[] {
  return (field ?? "")
    .split(",")
    .map((relation) => relation.trim())
    .filter((relation) => relation !== "");
}
