/** The text of a lesson on paper: its MDX, with components that need no screen. */
import { type ComponentChildren, Fragment, type FunctionComponent, h } from "preact";
import { evaluate } from "satteri";
import { Inside, type Named, paperComponents } from "./PrintComponents.tsx";

/** What a handout is made of. */
export interface HandoutTextProps extends Named {
  /** The lesson's MDX, without its frontmatter. */
  readonly source: string;
  /** Names of all components that a lesson may use. */
  readonly components: readonly string[];
  /** Where a link of the lesson leads from this page, which stands elsewhere. */
  readonly address: (link: string) => string;
}

type Content = FunctionComponent<{ readonly components: Readonly<Record<string, unknown>> }>;

/** The whole text. */
export function HandoutText({ source, components, address, ...named }: HandoutTextProps): ComponentChildren {
  const exports = evaluate(source, { Fragment, jsx: element, jsxs: element });
  const content = exports instanceof Promise ? undefined : exports["default"];
  if (!isContent(content)) throw new Error("The text is no MDX");
  const Content = content;
  const onPaper = paperComponents(named);
  const a = ({ href = "", children }: { readonly href?: string; readonly children?: ComponentChildren }) => (
    <a href={address(href)}>{children}</a>
  );
  const onPage = Object.fromEntries(components.map((name) => [name, onPaper[name] ?? Inside]));
  return <Content components={{ ...onPage, a }} />;
}

/** What compiled MDX calls for each element. */
function element(type: unknown, properties: unknown): ComponentChildren {
  if (typeof type !== "string" && !isComponent(type)) throw new Error("The text has an element that is none");
  return h<object>(type, typeof properties === "object" ? properties : {});
}

function isComponent(value: unknown): value is FunctionComponent<object> {
  return typeof value === "function";
}

function isContent(value: unknown): value is Content {
  return typeof value === "function";
}
