import type { Condition, ShellSyntaxError, Word, WordPart } from "./syntax.ts";
import { WordParser } from "./word-parser.ts";

const unary = /-[abcdefghknoprstuvwxzGLNOS](?=[ \t])/y;
const binary = /(?:==|=~|!=|=|<|>|-(?:eq|ne|lt|le|gt|ge|nt|ot|ef))(?=[\s'"$])/y;

/** Reads `[[ … ]]` of bash. */
export abstract class ConditionParser extends WordParser {
  /** What is read is compared with: `@(a|b)` and its relatives are patterns, whatever `shopt` says. */
  protected comparing = false;

  protected abstract skipLines(): void;
  protected abstract blanks(): void;
  protected abstract unexpected(): ShellSyntaxError;

  /** From behind `[[` to behind `]]`. */
  protected condition(): Condition {
    const condition = this.deeper(() => this.#or());
    this.skipLines();
    if (!this.reader.take("]]")) throw this.missing("]]");
    return condition;
  }

  #or(): Condition {
    let left = this.#and();
    for (this.skipLines(); this.reader.take("||"); this.skipLines()) left = { kind: "or", left, right: this.#and() };
    return left;
  }

  #and(): Condition {
    let left = this.#primary();
    for (this.skipLines(); this.reader.take("&&"); this.skipLines()) {
      left = { kind: "and", left, right: this.#primary() };
    }
    return left;
  }

  #primary(): Condition {
    const { reader } = this;
    this.skipLines();
    if (reader.takeMatch(/!(?=[\s(])/y) !== "") {
      return { kind: "not", condition: this.deeper(() => this.#primary()) };
    }
    if (reader.take("(")) {
      const inside = this.deeper(() => this.#or());
      this.skipLines();
      if (!reader.take(")")) throw this.missing(")");
      return inside;
    }
    const operator = reader.takeMatch(unary);
    if (operator !== "") return { kind: "unary", operator, word: this.#operand() };
    const left = this.#operand();
    this.blanks();
    const compared = reader.takeMatch(binary);
    if (compared === "") return { kind: "unary", operator: "-n", word: left };
    const right = compared === "=~" ? this.#regularExpression() : this.#pattern();
    return { kind: "binary", operator: compared, left, right };
  }

  #operand(): Word {
    this.blanks();
    if (this.atEndOfWord || this.reader.startsWith("]]")) throw this.unexpected();
    return this.word();
  }

  #pattern(): Word {
    this.comparing = true;
    const word = this.#operand();
    this.comparing = false;
    return word;
  }

  /** Its brackets and bars belong to it. */
  #regularExpression(): Word {
    const { reader } = this;
    this.blanks();
    const parts: WordPart[] = [];
    let open = 0;
    while (!reader.ended && (open > 0 || !/\s/.test(reader.character))) {
      const sign = reader.takeMatch(/[()|<>&;]|[ \t]/y);
      if (sign === "") {
        for (const part of this.word().parts) parts.push(part);
        continue;
      }
      if (sign === "(") open += 1;
      if (sign === ")") open -= 1;
      parts.push({ kind: "text", text: sign, quoted: false });
    }
    return { parts };
  }
}
