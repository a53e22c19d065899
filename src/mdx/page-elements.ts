/** Elements of a page's MDX, as its author wrote them: for build steps that check what a page says. */
import { type MdastNode, mdxToMdast } from "satteri";

/** An element such as `<Claim id="…">…</Claim>`. */
export interface PageElement {
  /** Attributes written as text; those with an expression in braces are not among them. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The line of the file that it begins on, from 1. */
  readonly line: number;
  /** How many blocks it holds, such as paragraphs and lists: 0 for an element within a line. */
  readonly blocks: number;
}

const blocks: ReadonlySet<string> = new Set(["paragraph", "list", "code", "heading", "blockquote", "table"]);

/**
 * Every element of this name, in the order of the page. What stands in a code block is none.
 *
 * @throws Error if the page is not valid MDX
 */
export function elementsNamed(name: string, source: string): readonly PageElement[] {
  const found: PageElement[] = [];
  const visit = (node: MdastNode): void => {
    const children: readonly MdastNode[] = "children" in node ? node.children : [];
    if ((node.type === "mdxJsxFlowElement" || node.type === "mdxJsxTextElement") && node.name === name) {
      const attributes: Record<string, string> = {};
      for (const attribute of node.attributes) {
        if (attribute.type === "mdxJsxAttribute" && typeof attribute.value === "string") {
          attributes[attribute.name] = attribute.value;
        }
      }
      found.push({
        attributes,
        line: node.position?.start.line ?? 1,
        blocks: children.filter(({ type }) => blocks.has(type)).length,
      });
    }
    children.forEach(visit);
  };
  visit(mdxToMdast(source, { features: { frontmatter: true } }));
  return found;
}
