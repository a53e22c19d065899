/** Error messages of a page's frontmatter, which show its author the corrected line. */
import type { z } from "astro/zod";

const kinds: Readonly<Record<string, string>> = {
  string: "a text",
  boolean: "true or false",
  array: "a list",
  object: "a block of fields",
};

/** What is wrong, as the rest of a sentence that begins with the field's name. */
function problem(issue: z.core.$ZodRawIssue): string {
  if (issue.input === undefined) return "is missing";
  // YAML's value of a field with nothing after its colon.
  if (issue.input === null) return "is empty";
  switch (issue.code) {
    case "invalid_type":
      return `must be ${kinds[String(issue.expected)] ?? String(issue.expected)}`;
    case "invalid_value":
      return "cannot be that";
    case "too_small":
      return issue.origin === "array" && issue.minimum !== 1
        ? `must have at least ${issue.minimum} entries`
        : "is empty";
    case "too_big":
      return `must have at most ${issue.maximum} entries`;
    case "unrecognized_keys":
      return `has no field ${issue.keys.join(", ")}`;
    default:
      return "is not what it should be";
  }
}

/**
 * What a schema says of a value that is wrong.
 *
 * @param line what would be right, as it would stand in the frontmatter
 * @param rule what is asked for where the kind of value alone does not say it: `must be …`
 */
export function corrected(line: string, rule?: string) {
  const writeThis = `Write e.g.: ${line}`;
  return {
    error: (issue: z.core.$ZodRawIssue) => {
      const own = issue.code === "invalid_format" || issue.code === "custom";
      return `${own && rule !== undefined ? rule : problem(issue)}. ${writeThis}`;
    },
  };
}
