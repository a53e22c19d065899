/**
 * The one list of what may differ between the Linux machine and the native servers, and is made alike before the two
 * are compared.
 */

interface Rule {
  /** Why this may differ. */
  readonly reason: string;
  readonly text: (text: string) => string;
}

const rules: readonly Rule[] = [
  {
    reason:
      "The machine's programs print on a terminal: it adds carriage returns, and curl prints names of headers bold.",
    text: (text) => text.replace(/\r+\n/g, "\n").replaceAll("\u001b[1m", "").replaceAll("\u001b[0m", ""),
  },
  {
    reason: "Time passes.",
    text: (text) =>
      text
        .replace(/\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/g, "DATE")
        .replace(/\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}/g, "DATE")
        .replace(/\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d/g, "DATE")
        .replace(/\w{3} \w{3} +\d+ \d\d:\d\d:\d\d \d{4}/g, "DATE")
        .replace(/since \d+/g, "since DATE")
        .replace(/in \d+ msecs/g, "in N msecs"),
  },
  {
    reason: "A file's tag is made of the time of its change.",
    text: (text) => text.replace(/^ETag: .*$/gim, "ETag: TAG"),
  },
  {
    reason: "Each system numbers its processes, and any of the workers may answer.",
    text: (text) =>
      text
        .replace(/pid: \d+/g, "pid: PID")
        .replace(/\b(worker) \d+/gi, "$1 N")
        .replace(/\d+#\d+:/g, "PID:")
        .replace(/ \*\d+ /g, " *N ")
        .replace(/req: \d+\/\d+/g, "req: N"),
  },
  {
    reason: "A number's digits count in lengths; threads take turns as they like.",
    text: (text) =>
      text
        .replace(/\{\d+ vars in \d+ bytes\}/g, "{VARS}")
        .replace(/generated \d+ bytes/g, "generated N bytes")
        .replace(/in \d+ bytes \(\d+ switches on core \d\)/g, "in N bytes (SWITCHES)")
        .replace(/\[core \d\]/g, "[core N]")
        .replace(/\bcore \d+ !!!/g, "core N !!!")
        .replace(/^Content-Length: \d\d?$/gim, "Content-Length: N"),
  },
];

/** The text, with all that may differ made alike. */
export function normaliseLinux(text: string): string {
  return rules.reduce((so, rule) => rule.text(so), text);
}
