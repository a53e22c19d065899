/**
 * A basic regular expression, as grep and sed read it, as JavaScript does: there these characters mean themselves
 * unless a backslash stands before them.
 */
export function fromBasic(pattern: string): string {
  return pattern.replace(/\\[+?(){}|]|[+?(){}|]/g, (found) => (found.length > 1 ? found.slice(1) : `\\${found}`));
}
