/** The form that all lessons have: short, predict first, then run, then read why. */
import { type MdastNode, mdxToMdast } from "satteri";
import type { ContentFile } from "./content-file.ts";

/** A lesson has no more words of prose than this. */
export const mostWords = 1200;

/**
 * A part that every lesson has, in this order, and the components of which one stands in it. What a lesson runs is a
 * lab; of the last two it is an audit of the reader's own files, and a choice, and they say so.
 */
const parts: readonly { readonly heading: string; readonly oneOf: readonly string[] }[] = [
  { heading: "Predict", oneOf: [] },
  { heading: "Run", oneOf: ["Lab", "Audit", "Chooser"] },
  { heading: "Why", oneOf: [] },
  { heading: "Try yourself", oneOf: [] },
  { heading: "Key points", oneOf: ["KeyPoints"] },
  { heading: "Quiz", oneOf: ["Quiz"] },
];

/** Headings of the second level with what stands below each. */
interface Section {
  readonly heading: string;
  readonly line: number;
  readonly components: ReadonlySet<string>;
}

/** What is wrong with a lesson's form, a line each with file and line; nothing if all is well. */
export function problemsOfForm({ path, source }: ContentFile): readonly string[] {
  const tree = mdxToMdast(source, { features: { frontmatter: true } });
  const sections = sectionsOf(tree);
  const problems: string[] = [];
  let last: Section | undefined;
  for (const { heading, oneOf } of parts) {
    const section = sections.find((each) => each.heading === heading);
    if (section === undefined) problems.push(`${path}:1: the lesson has no part "## ${heading}".`);
    else {
      if (last !== undefined && section.line < last.line) {
        problems.push(`${path}:${section.line}: "## ${heading}" comes after "## ${last.heading}".`);
      }
      if (oneOf.length > 0 && !oneOf.some((component) => section.components.has(component))) {
        problems.push(`${path}:${section.line}: <${oneOf.join("> or <")}> is missing below "## ${heading}".`);
      }
      last = section;
    }
  }
  const words = wordsIn(tree);
  if (words > mostWords) problems.push(`${path}:1: the lesson has ${words} words, and ${mostWords} are the most.`);
  return problems;
}

function sectionsOf(tree: MdastNode): readonly Section[] {
  const sections: { heading: string; line: number; components: Set<string> }[] = [];
  for (const node of childrenOf(tree)) {
    if (node.type === "heading" && node.depth === 2) {
      sections.push({ heading: textOf(node).trim(), line: node.position?.start.line ?? 1, components: new Set() });
    }
    for (const name of componentsIn(node)) sections.at(-1)?.components.add(name);
  }
  return sections;
}

/** What a reader reads: running text, headings, lists and tables. Code blocks, files and quizzes do not count. */
function wordsIn(tree: MdastNode): number {
  return textOf(tree)
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

function textOf(node: MdastNode): string {
  if (node.type === "text" || node.type === "inlineCode") return node.value;
  const inside = childrenOf(node).map(textOf).join("");
  return inBlocks.has(node.type) ? `${inside}\n` : inside;
}

/** After these a new word begins. */
const inBlocks: ReadonlySet<string> = new Set(["paragraph", "heading", "tableCell", "listItem", "mdxJsxFlowElement"]);

function componentsIn(node: MdastNode): readonly string[] {
  const own = node.type === "mdxJsxFlowElement" || node.type === "mdxJsxTextElement" ? [node.name ?? ""] : [];
  return [...own, ...childrenOf(node).flatMap(componentsIn)];
}

function childrenOf(node: MdastNode): readonly MdastNode[] {
  return "children" in node ? node.children : [];
}
