/** Patterns of the shell: `*`, `?`, `[abc]`. A backslash takes a character's meaning away. */

/** Whether a text holds a pattern that may stand for something else. */
export function isPattern(pattern: string): boolean {
  return /(?:^|[^\\])(?:\\\\)*[*?[]/.test(pattern);
}

/** The text that a pattern without special characters stands for. */
export function unescaped(pattern: string): string {
  return pattern.replace(/\\(.)/gs, "$1");
}

/** A text with every special character escaped. */
export function escaped(text: string): string {
  return text.replace(/[*?[\]\\]/g, "\\$&");
}

/** A pattern as a regular expression's source, without anchors. */
export function patternSource(pattern: string, star = "*"): string {
  let source = "";
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    if (character === "\\") {
      at += 1;
      source += literal(pattern.charAt(at));
    } else if (character === "*") source += star === "*" ? "[^]*" : "[^]*?";
    else if (character === "?") source += "[^]";
    else if (character === "[") {
      const [whole, negated, members] = /^\[([!^]?)(\]?[^\]]*)\]/.exec(pattern.slice(at)) ?? [];
      if (whole === undefined || members === undefined || members === "") source += "\\[";
      else {
        source += `[${negated ? "^" : ""}${members.replace(/[\\\]^]/g, "\\$&")}]`;
        at += whole.length - 1;
      }
    } else source += literal(character);
  }
  return source;
}

function literal(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/** What a file tree must answer. */
export interface Folders {
  isFolder(path: string): boolean;
  names(folder: string): string[];
  exists(path: string): boolean;
}

/** The paths that a pattern stands for, sorted; none if nothing matches. Relative ones begin in `cwd`. */
export function glob(pattern: string, cwd: string, folders: Folders): string[] {
  const absolute = pattern.startsWith("/");
  const segments = pattern.split("/").filter((segment) => segment !== "");
  const onlyFolders = pattern.endsWith("/");
  let found = [absolute ? "/" : ""];
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    found = found.flatMap((prefix) => step(prefix, segment, cwd, folders, last && !onlyFolders));
  }
  return onlyFolders ? found.map((path) => `${path}/`) : found;
}

function step(prefix: string, segment: string, cwd: string, folders: Folders, last: boolean): string[] {
  const at = (name: string) => (prefix === "" || prefix.endsWith("/") ? `${prefix}${name}` : `${prefix}/${name}`);
  const absolute = (path: string) => (path.startsWith("/") ? path : `${cwd}/${path}`);
  if (!isPattern(segment)) {
    const path = at(unescaped(segment));
    return (last ? folders.exists(absolute(path)) : folders.isFolder(absolute(path))) ? [path] : [];
  }
  const folder = prefix === "" ? cwd : absolute(prefix);
  if (!folders.isFolder(folder)) return [];
  const matches = new RegExp(`^${patternSource(segment)}$`);
  const hidden = segment.startsWith(".");
  return folders
    .names(folder)
    .filter((name) => (hidden || !name.startsWith(".")) && matches.test(name))
    .map(at)
    .filter((path) => last || folders.isFolder(absolute(path)));
}
