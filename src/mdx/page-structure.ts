/** What a page's MDX holds besides its words: what a translation of it must hold as well. */
import { type MdastNode, mdxToMdast } from "satteri";

/** Attributes that hold words, by the names of their elements. */
const worded: Readonly<Record<string, readonly string[]>> = { Aside: ["title"], Image: ["alt"], img: ["alt", "title"] };

/**
 * Elements, with their attributes, and code blocks, each as a line, in the order of the page.
 *
 * @throws Error if the page is not valid MDX
 */
export function structureOf(source: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: MdastNode): void => {
    if (node.type === "mdxJsxFlowElement" || node.type === "mdxJsxTextElement") {
      const attributes = node.attributes.flatMap((each) =>
        each.type !== "mdxJsxAttribute" || worded[node.name ?? ""]?.includes(each.name)
          ? []
          : `${each.name}=${JSON.stringify(each.value)}`,
      );
      found.push(`<${[node.name, ...attributes].join(" ")}>`);
    }
    if (node.type === "code") found.push(`\`\`\`${node.lang ?? ""}\n${node.value}`);
    if ("children" in node) node.children.forEach(visit);
  };
  visit(mdxToMdast(source, { features: { frontmatter: true } }));
  return found;
}
