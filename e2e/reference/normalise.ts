/**
 * The one list of what may differ between a native server and the page, and is made alike before the two are compared.
 */

import type { Observed } from "./scenario.ts";

/** What differs from side to side. */
export interface SideNames {
  /** Where the programs run. */
  readonly home: string;
  /** Where the packages are. */
  readonly packages: string;
  /** Where pip has installed further ones, if that is elsewhere. */
  readonly installed?: string;
  /** Where the packages' commands are. */
  readonly bin: string;
  readonly standardLibrary: string;
}

interface Rule {
  /** Why this may differ. */
  readonly reason: string;
  /** Of what a server sent, before it is taken apart. */
  readonly answer?: (text: string) => string;
  /** Of any field. */
  readonly text?: (text: string, names: SideNames) => string;
  /** Of all that was observed of a scenario, after the rules before it. */
  readonly fields?: (observed: Observed) => Observed;
}

const month = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";

const rules: readonly Rule[] = [
  {
    reason: "Each side keeps its files, packages and standard library in a folder of its own.",
    text: (text, { home, packages, installed = packages, bin, standardLibrary }) =>
      text
        .replaceAll(bin, "BIN")
        .replaceAll(packages, "PACKAGES")
        .replaceAll(installed, "PACKAGES")
        .replaceAll(standardLibrary, "LIBRARY")
        .replaceAll(home, "HOME"),
  },
  {
    reason: "The terminal's colours and line ends: the page's driver has taken them off already.",
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
    text: (text) => text.replace(/\x1b\[[0-9;]*[mK]/g, "").replace(/\r\n/g, "\n"),
  },
  {
    reason: "The page runs CPython 3.14; a native Python may be older.",
    text: (text) =>
      text.replace(/Python\/3\.\d+\.\d+\w*/g, "Python/VERSION").replace(/Python 3\.\d+\.\d+\w*/g, "Python VERSION"),
  },
  {
    reason: "Time passes.",
    text: (text) =>
      text
        .replace(new RegExp(`\\w{3}, \\d\\d ${month} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT`, "g"), "DATE")
        .replace(new RegExp(`\\d\\d/${month}/\\d{4}[: ]\\d\\d:\\d\\d:\\d\\d(?: [+-]\\d{4})?`, "g"), "DATE")
        .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:,\d+)?(?: [+-]\d{4})?/g, "DATE"),
  },
  {
    reason: "Each system numbers its processes.",
    text: (text) =>
      text
        .replace(/^(DATE|\[DATE\]) \[\d+\]/gm, "$1 [PID]")
        .replace(/\b(pid:? ?|PID |pid \()\d+/gi, "$1PID")
        .replace(/\(PID:? ?\d+\)/gi, "(PID)")
        .replace(/\b(process )\[\d+\]/g, "$1[PID]")
        .replace(/(Listening at: \S+ )\(\d+\)/g, "$1(PID)"),
  },
  {
    reason:
      "gunicorn writes its error pages through textwrap.dedent, which since CPython 3.14 takes the CR off an empty line.",
    answer: (text) => text.replace(/^(HTTP\/1\.1 (?:(?!\r\n\r?\n).)*\r\n)\n/s, "$1\r\n"),
  },
  {
    reason: "A client's port is the next free one.",
    text: (text) =>
      text
        .replace(/"REMOTE_PORT": "?\d+"?/g, '"REMOTE_PORT": "PORT"')
        .replace(/\b(127\.0\.0\.1:)\d+( - (?:- \[DATE\] )?"[A-Z]+ )/g, "$1PORT$2"),
  },
  {
    reason: "A computer has an address in its network; a host in the page has only its loopback.",
    text: (text) => text.replace(/Running on http:\/\/(?!127\.)[\d.]+:/g, "Running on http://127.0.0.1:"),
  },
  {
    reason: "Where asyncio cannot bind, a newer CPython says the errno once more.",
    text: (text) => text.replace(/: \[errno \d+\] (address already in use)/g, ": $1"),
  },
  {
    reason: "Each system has users of its own.",
    text: (text) => text.replace(/^(user|group)( +=) \d+$/gm, "$1$2 N"),
  },
  {
    reason: "An answer that holds a traceback is as long as the paths in it.",
    fields: (observed) => {
      if (!observed["body"]?.includes("Traceback (most recent call last)")) return observed;
      return {
        ...observed,
        headers: (observed["headers"] ?? "").replace(/^Content-Length: \d+$/m, "Content-Length: N"),
      };
    },
  },
  {
    reason: "How much of an endless answer was sent before its client left is chance.",
    text: (text) => text.replace(/("GET \/endless HTTP\/1\.1" 200) \d+/g, "$1 BYTES"),
  },
  {
    reason: "Objects lie at other addresses.",
    text: (text) => text.replace(/\b0x[0-9a-f]{6,16}\b/g, "0xADDRESS"),
  },
  {
    reason: "What a traceback shows below a frame's first line (marks, further lines) changes from version to version.",
    text: tracebackFrames,
  },
  {
    reason: "The order of a set of strings is another in every run of Python.",
    text: (text) =>
      text.replace(/^Allow: (.*)$/gm, (_, methods: string) => `Allow: ${methods.split(", ").sort().join(", ")}`),
  },
  {
    reason: "CPython 3.14 gave http.server's error page a style, and a status another phrase (RFC 9110).",
    text: (text) =>
      text.replace(/ *<style type="text\/css">.*?<\/style>\n/gs, "").replaceAll("Request-URI Too Long", "URI Too Long"),
    fields: (observed) => {
      if (!observed["body"]?.includes("<title>Error response</title>")) return observed;
      return {
        ...observed,
        headers: (observed["headers"] ?? "").replace(/^Content-Length: \d+$/m, "Content-Length: N"),
      };
    },
  },
];

/** Takes apart what was observed, and makes alike what may differ. */
export function normalise({ answer, ...others }: Observed, names: SideNames): Observed {
  const parts = answer === undefined ? {} : answerFields(rules.reduce((so, rule) => rule.answer?.(so) ?? so, answer));
  return rules.reduce<Observed>(
    (so, { text, fields }) => {
      const entries = Object.entries(so).map(([field, value]) => [field, text ? text(value, names) : value] as const);
      const alike: Observed = Object.fromEntries(entries);
      return fields ? fields(alike) : alike;
    },
    { ...parts, ...others },
  );
}

/** An answer's first line, its headers, a line each, and all that follows. */
function answerFields(text: string): Observed {
  const end = text.indexOf("\r\n\r\n");
  const head = end < 0 ? text : text.slice(0, end);
  const [status = "", ...headers] = head.split("\r\n");
  return { status, headers: headers.join("\n"), body: end < 0 ? "" : text.slice(end + 4) };
}

/** Keeps of each frame the file, the function and, outside the standard library, the line's number. */
function tracebackFrames(text: string): string {
  const lines: string[] = [];
  let inFrame = false;
  for (const line of text.split("\n")) {
    const frame = /^(\s*(?:\|\s*)?)File "([^"]*)", line (\d+), in (.*)$/.exec(line);
    if (frame) {
      const [, indent = "", file = "", number = "", name = ""] = frame;
      inFrame = true;
      const own = !/^(LIBRARY|BIN|<frozen)/.test(file);
      lines.push(`${indent}File "${file}", ${own ? `line ${number}` : "some line"}, in ${name}`);
    } else if (inFrame && /^\s{4,}/.test(line)) {
      // Source text, or marks under it.
    } else {
      inFrame = false;
      lines.push(line);
    }
  }
  return lines.join("\n");
}
