/** Says what is wrong with a lab.yaml in words that show its author the corrected line. */
import { z } from "zod";
import { correctedLines } from "./corrected-lines.ts";

type Path = readonly PropertyKey[];

/** `plans[0].requests[1].path` */
function dotted(path: Path): string {
  let text = "";
  for (const key of path) {
    if (typeof key === "number") text += `[${key}]`;
    else text += text === "" ? String(key) : `.${String(key)}`;
  }
  return text;
}

/** The schema without the layers that only say what a missing value becomes. */
function withoutDefault(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) return withoutDefault(schema.unwrap());
  return schema;
}

/** The schema of the field at `path`, if there is such a field. */
function fieldAt(root: z.core.$ZodType, path: Path): z.core.$ZodType | undefined {
  let field: z.core.$ZodType | undefined = withoutDefault(root);
  for (const key of path) {
    if (field instanceof z.ZodObject) field = field.shape[String(key)];
    else if (field instanceof z.ZodArray) field = field.element;
    else return undefined;
    if (field === undefined) return undefined;
    field = withoutDefault(field);
  }
  return field;
}

/** The nearest corrected line at or above `path`. */
function correctedLine(root: z.core.$ZodType, path: Path): string | undefined {
  for (let length = path.length; length > 0; length--) {
    const field = fieldAt(root, path.slice(0, length));
    const corrected = field && correctedLines.get(field);
    if (corrected) return corrected.line;
  }
  return undefined;
}

/** The blocks that a field may be, by their `kind`. */
function optionsOf(field: z.core.$ZodType): readonly (readonly [kind: string, option: z.core.$ZodType])[] {
  if (!(field instanceof z.ZodDiscriminatedUnion)) return [];
  return field.options.flatMap((option) => {
    const kind = option instanceof z.ZodObject ? option.shape["kind"] : undefined;
    return kind instanceof z.ZodLiteral ? [[String(kind.value), option] as const] : [];
  });
}

/** The value that the author wrote at `path`. */
function valueAt(input: unknown, path: Path): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

const kinds: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a block of fields",
};

/** What is wrong with the field itself, as the rest of a sentence that begins with its name. */
function problem(root: z.core.$ZodType, issue: z.core.$ZodIssue, input: unknown): string {
  const value = valueAt(input, issue.path);
  if (value === undefined) return "is missing";
  // YAML's value of a field with nothing after its colon.
  if (value === null) return "is empty";
  switch (issue.code) {
    case "invalid_type":
      return `must be ${kinds[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `must be one of ${issue.values.map(String).join(", ")}`;
    case "too_small":
      return issue.origin === "array" || issue.origin === "string"
        ? "is empty"
        : `must be ${issue.inclusive ? "at least" : "more than"} ${issue.minimum}`;
    case "too_big":
      return `must be at most ${issue.maximum}`;
    case "invalid_format":
      return issue.format === "starts_with" ? `must start with "${Reflect.get(issue, "prefix")}"` : issue.message;
    case "invalid_union": {
      const union = fieldAt(root, issue.path.slice(0, -1));
      const kinds = union === undefined ? [] : optionsOf(union).map(([name]) => name);
      return kinds.length === 0 ? issue.message : `must be one of ${kinds.join(", ")}`;
    }
    default:
      return issue.message;
  }
}

/** The fields that may stand where an unknown one was written. */
function knownFields(root: z.core.$ZodType, path: Path, input: unknown): readonly string[] {
  const union = fieldAt(root, path);
  const kind = valueAt(input, [...path, "kind"]);
  const field = (union && optionsOf(union).find(([name]) => name === kind)?.[1]) ?? union;
  return field instanceof z.ZodObject ? Object.keys(field.shape) : [];
}

/**
 * One line for each thing that is wrong.
 *
 * @param file path of the lab.yaml, as its author knows it
 * @param schema the schema that `input` was parsed with
 * @param input what the file says, parsed
 */
export function explainProblems(
  file: string,
  schema: z.core.$ZodType,
  input: unknown,
  issues: readonly z.core.$ZodIssue[],
): readonly string[] {
  return issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      const known = knownFields(schema, issue.path, input).join(", ");
      return issue.keys.map(
        (key) => `${file}: ${dotted([...issue.path, key])} is not a field. The fields are: ${known}`,
      );
    }
    const line = correctedLine(schema, issue.path);
    const name = issue.path.length === 0 ? "the file" : dotted(issue.path);
    return [`${file}: ${name} ${problem(schema, issue, input)}.${line === undefined ? "" : ` Write e.g.: ${line}`}`];
  });
}
