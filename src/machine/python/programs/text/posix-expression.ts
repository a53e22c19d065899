/** POSIX's regular expressions, basic and extended, with what GNU adds to them, as JavaScript writes them. */

/** Characters of the classes that brackets may name, as they stand between brackets of JavaScript's. */
const classes: Readonly<Record<string, string>> = {
  alnum: "A-Za-z0-9",
  alpha: "A-Za-z",
  blank: " \\t",
  cntrl: "\\x00-\\x1f\\x7f",
  digit: "0-9",
  graph: "!-~",
  lower: "a-z",
  print: " -~",
  punct: "!-\\/:-@\\[-`{-~",
  space: "\\s",
  upper: "A-Z",
  xdigit: "0-9A-Fa-f",
};

/** An expression that means nothing. The message is GNU's. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
}

/** An expression as JavaScript's `RegExp` takes it, and what GNU warns of. */
export interface TranslatedExpression {
  readonly source: string;
  readonly warnings: readonly string[];
}

/** Translates an expression. `isAwk`: backslashes stand for others also between brackets. Throws `ExpressionError`. */
export function posixExpression(pattern: string, extended: boolean, isAwk = false): TranslatedExpression {
  return new Translation(isAwk ? withControls(pattern) : pattern, extended, isAwk).result();
}

/** Letters that stand, behind a backslash, for control characters. */
export const controls: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  f: "\f",
  v: "\v",
  a: "\x07",
};

/** `\t`, `\n`, `\r` and others in a pattern, as the characters that they stand for. */
export function withControls(pattern: string): string {
  return pattern.replace(/\\(?:x([0-9A-Fa-f]{2})|([\s\S]))/g, (all, hex?: string, letter = "") => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16)).replace(/[.*[\]^$\\]/g, "\\$&");
    return Object.hasOwn(controls, letter) ? (controls[letter] ?? all) : all;
  });
}

/** What JavaScript has otherwise than Perl: `\\K`, `\\h`, named classes. */
export function perlExpression(pattern: string): string {
  const named = pattern
    .replace(/\[:(\w+):\]/g, (whole, name: string) => (Object.hasOwn(classes, name) ? (classes[name] ?? whole) : whole))
    .replaceAll("\\h", "[ \\t]")
    .replace(/\(\?P</g, "(?<");
  const kept = named.indexOf("\\K");
  return kept === -1 ? named : `(?<=${named.slice(0, kept)})${named.slice(kept + 2)}`;
}

class Translation {
  #at = 0;
  #source = "";
  /** Nothing stands before, in this group or alternative, that could be repeated. */
  #begins = true;
  #depth = 0;
  /** Groups that are closed: what a backslash and a number may stand for. */
  #groups = 0;
  readonly #warnings: string[] = [];

  constructor(
    private readonly pattern: string,
    private readonly extended: boolean,
    private readonly isAwk: boolean,
  ) {}

  result(): TranslatedExpression {
    while (this.#at < this.pattern.length) this.#next();
    if (this.#depth > 0) throw new ExpressionError("Unmatched ( or \\(");
    return { source: this.#source, warnings: this.#warnings };
  }

  #next(): void {
    const character = this.pattern.charAt(this.#at);
    this.#at += 1;
    if (character === "[") this.#add(this.#bracket());
    else if (character === "\\") this.#escaped();
    else if (character === "*") this.#repeat("*");
    else if (character === "^") this.#caret();
    else if (character === "$") this.#add(this.#endsHere() ? "$" : "\\$");
    else if ("(){}|+?".includes(character)) {
      if (this.extended) this.#operator(character);
      else this.#add(`\\${character}`);
    } else this.#add(/[/\]]/.test(character) ? `\\${character}` : character);
  }

  #add(source: string): void {
    this.#source += source;
    this.#begins = false;
  }

  /** In a basic expression it is an anchor where something begins. */
  #caret(): void {
    if (this.extended || this.#begins) this.#source += "^";
    else this.#add("\\^");
  }

  #endsHere(): boolean {
    const rest = this.pattern.slice(this.#at);
    return this.extended || rest === "" || rest.startsWith("\\)") || rest.startsWith("\\|");
  }

  #repeat(sign: string): void {
    // What has nothing to repeat is the sign itself.
    if (this.#begins) {
      if (this.extended) this.#warnings.push(`${sign} at start of expression`);
      this.#add(`\\${sign}`);
    } else if (!/(?:^|[^\\])(?:\\\\)*[*+?]$/.test(this.#source)) this.#source += sign;
    // Repeated twice is any number of times.
    else this.#source = `${this.#source.slice(0, -1)}*`;
  }

  #operator(character: string): void {
    switch (character) {
      case "(":
        this.#depth += 1;
        this.#source += "(";
        this.#begins = true;
        return;
      case ")":
        if (this.#depth === 0) {
          if (!this.extended) throw new ExpressionError("Unmatched ) or \\)");
          this.#add("\\)");
          return;
        }
        this.#depth -= 1;
        this.#groups += 1;
        this.#add(")");
        return;
      case "|":
        this.#source += "|";
        this.#begins = true;
        return;
      case "{":
        this.#interval();
        return;
      case "}":
        this.#add("\\}");
        return;
      default:
        this.#repeat(character);
    }
  }

  /** `{2,5}`, `{3}`, `{,4}` */
  #interval(): void {
    const end = this.extended ? "\\}" : "\\\\\\}";
    const found = new RegExp(`^(\\d*)(,?)(\\d*)${end}`).exec(this.pattern.slice(this.#at));
    if (found === null || found[0].startsWith("}") || found[0].startsWith("\\}") || this.#begins) {
      if (!this.extended) throw new ExpressionError("Unmatched \\{");
      this.#add("\\{");
      return;
    }
    const [whole, least, comma, most] = found;
    this.#at += whole.length;
    this.#source += `{${least === "" ? "0" : least}${comma}${most}}`;
  }

  #escaped(): void {
    const character = this.pattern.charAt(this.#at);
    this.#at += 1;
    if (character === "") throw new ExpressionError("Trailing backslash");
    if (!this.extended && "(){}|+?".includes(character)) this.#operator(character);
    else if (character === "<") this.#add("(?<!\\w)(?=\\w)");
    else if (character === ">") this.#add("(?<=\\w)(?!\\w)");
    else if (character === "`") this.#source += "^";
    else if (character === "'") this.#add("$");
    else if (/[1-9]/.test(character) && !this.isAwk && Number(character) > this.#groups) {
      throw new ExpressionError("Invalid back reference");
    } else if (/[bBwWsS1-9]/.test(character)) this.#add(`\\${character}`);
    // Those that other languages have mean nothing here.
    else if (/[A-Za-z0-9]/.test(character)) this.#add(character);
    else this.#add(/[\s"#%&',:;<=>@_`~!-]/.test(character) ? character : `\\${character}`);
  }

  /** What stands between brackets; a backslash is one there. */
  #bracket(): string {
    const { pattern } = this;
    let at = this.#at;
    let source = "[";
    if (pattern.charAt(at) === "^") {
      source += "^";
      at += 1;
    }
    for (let first = true; first || pattern.charAt(at) !== "]"; first = false) {
      if (at >= pattern.length) throw new ExpressionError("Unmatched [, [^, [:, [., or [=");
      const [whole, name = ""] = /^\[:(\w+):\]/.exec(pattern.slice(at)) ?? [];
      if (whole !== undefined) {
        const characters = Object.hasOwn(classes, name) ? classes[name] : undefined;
        if (characters === undefined) throw new ExpressionError("Invalid character class name");
        source += characters;
        at += whole.length;
        continue;
      }
      if (this.isAwk && pattern.charAt(at) === "\\" && at + 1 < pattern.length) {
        source += `\\${pattern.charAt(at + 1)}`.replace(/\\([A-Za-z0-9"/&,;:=])/, "$1");
        at += 2;
        continue;
      }
      const [named, kind, one] = /^\[([.=])([\s\S])\1\]/.exec(pattern.slice(at)) ?? [];
      const character = kind === undefined ? pattern.charAt(at) : (one ?? "");
      source += /[\\\][^]/.test(character) ? `\\${character}` : character;
      at += named?.length ?? 1;
    }
    this.#at = at + 1;
    return `${source}]`;
  }
}
