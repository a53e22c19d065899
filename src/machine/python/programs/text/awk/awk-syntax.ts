/** What a program of awk is made of. */

/** Something with a value. */
export type Expression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "regex"; readonly source: string }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "field"; readonly index: Expression }
  | { readonly kind: "element"; readonly array: string; readonly keys: readonly Expression[] }
  | { readonly kind: "in"; readonly array: string; readonly keys: readonly Expression[] }
  | { readonly kind: "assign"; readonly operator: string; readonly target: Expression; readonly value: Expression }
  | { readonly kind: "step"; readonly by: 1 | -1; readonly before: boolean; readonly target: Expression }
  | { readonly kind: "unary"; readonly operator: string; readonly operand: Expression }
  | { readonly kind: "binary"; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "either"; readonly condition: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly kind: "group"; readonly inner: Expression }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "call"; readonly name: string; readonly builtin: boolean; readonly args: readonly Expression[] }
  | {
      readonly kind: "getline";
      readonly from: "input" | "file" | "command";
      readonly source: Expression | undefined;
      readonly target: Expression | undefined;
    };

/** Something that is done. */
export type Statement =
  | { readonly kind: "block"; readonly body: readonly Statement[] }
  | { readonly kind: "expression"; readonly expression: Expression }
  | {
      readonly kind: "print";
      readonly format: boolean;
      readonly args: readonly Expression[];
      readonly to: { readonly sign: ">" | ">>" | "|"; readonly target: Expression } | undefined;
    }
  | { readonly kind: "if"; readonly condition: Expression; readonly yes: Statement; readonly no: Statement | undefined }
  | { readonly kind: "while"; readonly condition: Expression; readonly body: Statement; readonly first: boolean }
  | {
      readonly kind: "for";
      readonly begin: Statement | undefined;
      readonly condition: Expression | undefined;
      readonly step: Statement | undefined;
      readonly body: Statement;
    }
  | { readonly kind: "each"; readonly variable: string; readonly array: string; readonly body: Statement }
  | { readonly kind: "delete"; readonly array: string; readonly keys: readonly Expression[] | undefined }
  | { readonly kind: "leave"; readonly how: "next" | "nextfile" | "break" | "continue" }
  | { readonly kind: "end"; readonly how: "exit" | "return"; readonly value: Expression | undefined };

/** A pattern and what is done where it fits. */
export interface AwkRule {
  readonly when: "begin" | "end" | "pattern" | "range";
  readonly pattern: Expression | undefined;
  readonly until: Expression | undefined;
  readonly action: Statement | undefined;
}

/** A function of a program. */
export interface AwkFunction {
  readonly parameters: readonly string[];
  readonly body: Statement;
}

/** A whole program. */
export interface AwkProgram {
  readonly rules: readonly AwkRule[];
  readonly functions: ReadonlyMap<string, AwkFunction>;
}

/** What ends awk with a message. */
export class AwkError extends Error {
  override readonly name = "AwkError";
}
