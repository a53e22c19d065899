/**
 * Reads a unit file of systemd as systemd.syntax(7) has it: sections, `Key=value`, keys that repeat, lines that go on,
 * comments.
 */
import type { Place } from "../findings/finding.ts";

/** `Restart=on-failure`. Its place is the whole assignment, with the lines that go on. */
export interface UnitSetting extends Place {
  readonly section: string;
  readonly key: string;
  /** Lines that went on are joined with a blank. */
  readonly value: string;
  /** Where the value begins. */
  readonly valueFrom: number;
  /** The value with the length that it has in the file: blanks stand for joints of lines and for comments between. */
  readonly written: string;
}

/** A line that is none of what may stand there. */
export interface UnitMistake extends Place {
  readonly line: string;
}

/** A unit file, read. */
export interface UnitFile {
  /** In the order of the file. */
  readonly settings: readonly UnitSetting[];
  readonly sections: readonly (Place & { readonly name: string })[];
  readonly mistakes: readonly UnitMistake[];
}

interface Line extends Place {
  readonly text: string;
}

/** Reads a unit file. */
export function readUnit(whole: string): UnitFile {
  // A byte order mark is passed over.
  const text = whole.replace(/^\uFEFF/, " ");
  const settings: UnitSetting[] = [];
  const sections: { readonly name: string; readonly from: number; readonly to: number }[] = [];
  const mistakes: UnitMistake[] = [];
  const lines = linesOf(text);
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    if (line === undefined) break;
    const trimmed = line.text.trim();
    const place = {
      from: line.from + (line.text.length - line.text.trimStart().length),
      to: line.from + line.text.trimEnd().length,
    };
    if (trimmed === "" || isComment(trimmed)) continue;
    const section = /^\[([^\]]+)\]$/.exec(trimmed)?.[1];
    if (section !== undefined) {
      sections.push({ name: section, ...place });
      continue;
    }
    const current = sections.at(-1)?.name;
    const [, head = "", key, first = ""] = /^(\s*([A-Za-z][\w-]*)\s*=\s*)([\s\S]*)$/.exec(line.text) ?? [];
    if (key === undefined || current === undefined) {
      mistakes.push({ line: trimmed, ...place });
      continue;
    }
    const valueFrom = line.from + head.length;
    const { value, written, last } = readValue(first, lines, at);
    const end = last === at ? place.to : (lines[last] ?? { from: text.length, text: "" });
    const to = Math.max(typeof end === "number" ? end : end.from + end.text.trimEnd().length, valueFrom);
    const padded = written.slice(0, to - valueFrom);
    settings.push({ section: current, key, value, from: place.from, to, valueFrom, written: padded });
    at = last;
  }
  return { settings, sections, mistakes };
}

/** A value that begins with `first` in line `at`, with the lines that go on; the last of them. */
function readValue(
  first: string,
  lines: readonly Line[],
  at: number,
): { readonly value: string; readonly written: string; readonly last: number } {
  const parts: string[] = [];
  const written: string[] = [];
  let part = first;
  let last = at;
  while (goesOn(part)) {
    const joined = part.replace(/\\\r?$/, (joint) => " ".repeat(joint.length));
    parts.push(joined.trimEnd());
    written.push(joined);
    last += 1;
    // Comments between lines that go on are passed over.
    for (; isComment(lines[last]?.text.trim() ?? ""); last += 1) {
      written.push(" ".repeat(lines[last]?.text.length ?? 0));
    }
    part = lines[last]?.text ?? "";
  }
  return { value: [...parts, part].join(" ").trim(), written: [...written, part].join(" "), last };
}

/** The backslash is the very last character: with a blank behind it, the line ends there. */
function goesOn(line: string): boolean {
  const [, slashes = ""] = /(\\*)\r?$/.exec(line) ?? [];
  return slashes.length % 2 === 1;
}

function isComment(line: string): boolean {
  return line.startsWith("#") || line.startsWith(";");
}

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  let from = 0;
  for (const line of text.split("\n")) {
    lines.push({ text: line, from, to: from + line.length });
    from += line.length + 1;
  }
  return lines;
}

/** The values of a key that repeats, as systemd collects them: an empty one forgets those before. */
export function valuesOf({ settings }: UnitFile, section: string, key: string): readonly UnitSetting[] {
  const values: UnitSetting[] = [];
  for (const setting of settings) {
    if (setting.section !== section || setting.key !== key) continue;
    if (setting.value === "") values.length = 0;
    else values.push(setting);
  }
  return values;
}

/** The value of a key that holds one: the last. */
export function lastOf(unit: UnitFile, section: string, key: string): UnitSetting | undefined {
  return valuesOf(unit, section, key).at(-1);
}
