/**
 * Words that this site does not use, and what it writes in their place: the part of the style guide in CONTRIBUTING.md
 * that a machine can hold.
 */

/** A word or a phrase, and the remedy. */
export interface ProseRule {
  readonly pattern: RegExp;
  readonly write: string;
}

/** All rules, in the order of the guide. Each pattern is global. */
export const proseRules: readonly ProseRule[] = [
  { pattern: /(?:\n\n|[,;:.] |\b(?:if|when|that|as|what) )one (?:may|can|must|should)\b/gi, write: "you" },
  {
    pattern:
      /(?:\n\n|[.;:,] )who (reads|wants|has|knows|opens|drops|finds|asks|comes|runs|writes|needs|teaches|serves)\b/gi,
    write: "anyone who, a client that",
  },
  { pattern: /\btime-outs?\b(?! \()/gi, write: "timeout" },
  { pattern: /\bmend(?:s|ed|ing)?\b/gi, write: "fix; repair" },
  { pattern: /\btak(?:e|es|ing) (?:\w+ )?apart\b/gi, write: "parse" },
  { pattern: /\bunless told otherwise\b/gi, write: "by default" },
  { pattern: /\banew\b/gi, write: "again" },
  { pattern: /\b(?:to be had|at hand)\b/gi, write: "available" },
  { pattern: /\bbr(?:eaks?|oke|oken|eaking) off\b/gi, write: "cut off, drop" },
  { pattern: /\bdawdl\w+/gi, write: "be slow" },
  // Names of plans and questions keep the word: kept progress has them.
  { pattern: /(?<!screen |name: |id: |[-\w])readers?\b(?![-:])/gi, write: "user, visitor; client, of a program" },
  { pattern: /\bfor ever\b/gi, write: "forever" },
  { pattern: /\bknows? nothing of\b/gi, write: "know nothing about" },
  {
    pattern: /\b(?:on|to) the (?:left|right)\b|\bthe (?:left|right)(?:-hand)? (?:side|server|one|terminal|command)\b/gi,
    write: "the side's name: on a phone one side is on screen at a time",
  },
  { pattern: /\b\d[\d.]* %/g, write: "the number and % without a space" },
  { pattern: /(?<![\d.,])\b\d{1,3}[ \u00a0\u202f]\d{3}\b(?! bytes)/g, write: "a comma for thousands: 1,200" },
  {
    pattern: /(?:\n\n|[.!?] )(?:nginx|gunicorn|waitress|flask) [a-z]/gm,
    write: "Nginx, Gunicorn … at the beginning of a sentence",
  },
];

/** What a text says against the rules, a line each: the words found, and what to write. */
export function proseProblems(text: string): readonly string[] {
  return proseRules.flatMap(({ pattern, write }) =>
    Array.from(text.matchAll(pattern), ([found]) => `“${found.trim()}”: write ${write}`),
  );
}

/** A Markdown page without what is no prose: code, addresses, components' properties. */
export function proseOf(markdown: string): string {
  return markdown
    .replaceAll(/^(`{3,})[\s\S]*?^\1/gm, "")
    .replaceAll(/`[^`\n]*`/g, "CODE")
    .replaceAll(/\]\([^)]*\)/g, "]")
    .replaceAll(/<[A-Za-z/][^>]*>/g, "")
    .replaceAll(/https?:\/\/\S+/g, "");
}
