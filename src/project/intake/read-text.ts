/** Tells text from bytes, as a Python project has both. */
import type { ProjectFile } from "../files/project-file.ts";
import type { IntakeNote } from "./intake-result.ts";

/** A text that is longer, in bytes, is not for an editor. */
const longestText = 1_000_000;

/** Files that frameworks and tools read as UTF-8. */
const texts =
  /\.(?:html?|j2|jinja2?|xml|svg|css|js|json|ya?ml|toml|ini|cfg|conf|env|md|rst|txt|sql|tpl)$|(?:^|\/)(?:Procfile|Pipfile|Dockerfile|\.env)$/i;

/** A file, and what is to be said of it. */
export interface FileAsRead {
  readonly file: ProjectFile;
  readonly notes: readonly IntakeNote[];
  /** It had carriage returns before its line feeds. */
  readonly windowsLines: boolean;
}

/** Makes a file of bytes. Text loses its byte order mark and its carriage returns, and stays bytes if it is no UTF-8. */
export function readText(path: string, bytes: Uint8Array<ArrayBuffer>): FileAsRead {
  const wide = decodeWide(bytes);
  if (wide !== undefined && bytes.byteLength <= longestText) {
    const { file, windowsLines } = readText(path, new TextEncoder().encode(wide));
    return { file, windowsLines, notes: [{ kind: "utf-16", path }] };
  }
  const asItIs = { file: { kind: "bytes", path, bytes }, windowsLines: false } as const;
  if (bytes.byteLength > longestText || bytes.includes(0)) return { ...asItIs, notes: [] };
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const text = decode(bytes);
  if (text === undefined) return { ...asItIs, notes: encodingNotes(path, bytes) };
  const encoding = path.endsWith(".py") ? declaredEncoding(text) : undefined;
  // It happens to be ASCII, or Python would read other characters than an editor shows.
  if (encoding !== undefined && /[^\0-\x7f]/.test(text))
    return { ...asItIs, notes: [{ kind: "other encoding", path, encoding }] };
  const windowsLines = text.includes("\r\n");
  return {
    file: { kind: "text", path, text: windowsLines ? text.replaceAll("\r\n", "\n") : text },
    notes: marked ? [{ kind: "byte order mark", path }] : [],
    windowsLines,
  };
}

/** Without a byte order mark. `undefined` if it is no UTF-8. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // A TypeError, the decoder's only one: it is in another encoding, or no text.
    return undefined;
  }
}

/** What PEP 263 makes of the first two lines, if it is not UTF-8. */
function declaredEncoding(text: string): string | undefined {
  for (const line of text.split("\n", 2)) {
    const name = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/.exec(line)?.[1];
    if (name !== undefined) return /^(?:utf-?8(?:-sig)?|u8|ascii|us-ascii)$/i.test(name) ? undefined : name;
    if (!/^[ \t\f]*(?:#.*)?\r?$/.test(line)) return undefined;
  }
  return undefined;
}

/** What begins with the byte order mark of UTF-16, and is it to its end. */
function decodeWide(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  const order =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : undefined;
  if (order === undefined) return undefined;
  try {
    const text = new TextDecoder(order, { fatal: true }).decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch {
    // A TypeError, the decoder's only one: it only began like that.
    return undefined;
  }
}

function encodingNotes(path: string, bytes: Uint8Array): readonly IntakeNote[] {
  if (path.endsWith(".py")) return [encodingNote(path, bytes)];
  return texts.test(path) ? [{ kind: "text not utf-8", path, line: firstStrangeLine(bytes) }] : [];
}

function encodingNote(path: string, bytes: Uint8Array): IntakeNote {
  const latin = new TextDecoder("latin1").decode(bytes);
  const encoding = declaredEncoding(latin);
  return encoding === undefined
    ? { kind: "not utf-8", path, line: firstStrangeLine(bytes) }
    : { kind: "other encoding", path, encoding };
}

/** The line of the first byte that UTF-8 cannot have there, from 1. */
function firstStrangeLine(bytes: Uint8Array): number {
  let line = 1;
  let from = 0;
  for (;;) {
    const at = bytes.indexOf(10, from);
    const end = at < 0 ? bytes.length : at;
    if (decode(bytes.subarray(from, end)) === undefined || at < 0) return line;
    line += 1;
    from = end + 1;
  }
}
