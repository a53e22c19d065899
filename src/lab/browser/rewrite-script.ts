/**
 * A page's script as the pane runs it. `location` cannot be redefined in a browser and would name the pane's frame:
 * every reference to it is renamed to an object of the pane's own (`pane-location.ts`).
 */
import { parseInSlices } from "../../syntax/parse-in-time.ts";
import { paneLocationName } from "./page-service.ts";

/** Objects of which `location` is the page's. */
const holders = new Set(["window", "self", "globalThis", "document"]);

/** A script alone is read for at most this long, in milliseconds. */
const longest = 2000;

/**
 * The script, of the same length in lines. Code that cannot be parsed is left to the browser, which says so; and code
 * that is not parsed at the time `until` (on the clock of `performance`) is left as it is.
 */
export async function rewriteScript(code: string, until = performance.now() + longest): Promise<string> {
  if (!/\blocation\b/.test(code)) return code;
  // Large, and needed by few pages: it comes when a script asks for it.
  const { javascriptLanguage } = await import("@codemirror/lang-javascript");
  const text = (node: { from: number; to: number }) => code.slice(node.from, node.to);
  const bare: number[] = [];
  const held: number[] = [];
  let ownVariable = false;
  const tree = await parseInSlices(javascriptLanguage.parser, code, until);
  tree?.iterate({
    enter: (node) => {
      if (text(node) !== "location") return;
      if (node.name === "VariableDefinition") ownVariable = true;
      else if (node.name === "VariableName") bare.push(node.from);
      else if (node.name === "PropertyName") {
        const object = node.node.parent?.name === "MemberExpression" ? node.node.parent.firstChild : null;
        if (object?.name === "VariableName" && holders.has(text(object))) held.push(node.from);
      }
    },
  });
  // Where a script has a variable of that name, the name alone is taken for that.
  const places = (ownVariable ? held : [...bare, ...held]).sort((a, b) => a - b);
  let rewritten = "";
  let from = 0;
  for (const place of places) {
    rewritten += code.slice(from, place) + paneLocationName;
    from = place + "location".length;
  }
  return rewritten + code.slice(from);
}
