/** What a load tool's command line may hold. Names are as they are written: `-n`, `--latency`, `-disable-keepalive`. */
export interface ToolOptions {
  readonly flags: readonly string[];
  readonly values: readonly string[];
  /** Real ones that are not here, each with the reason. */
  readonly refused: Readonly<Record<string, string>>;
  /** Long names, and the short ones that they stand for. */
  readonly same?: Readonly<Record<string, string>>;
}

/** A command line that cannot be meant. */
export class ToolUsageError extends Error {
  override readonly name = "ToolUsageError";
  constructor(
    message: string,
    /** The option in question. */
    readonly option: string,
    readonly kind: "unknown" | "no value" | "refused",
  ) {
    super(message);
  }
}

/** Arguments told apart. */
export class ToolArguments {
  readonly #flags = new Set<string>();
  readonly #values = new Map<string, string[]>();
  readonly operands: string[] = [];

  /** Parses: `letters` lets short options stand together, as getopt does; Go's programs do not. Throws `ToolUsageError`. */
  constructor(
    args: readonly string[],
    private readonly options: ToolOptions,
    letters: boolean,
  ) {
    const rest = [...args];
    for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
      if (arg === "--") this.operands.push(...rest.splice(0));
      else if (!arg.startsWith("-") || arg === "-") this.operands.push(arg);
      else if (letters && !arg.startsWith("--")) this.#letters(arg, rest);
      else this.#long(arg, rest);
    }
  }

  has(flag: string): boolean {
    return this.#flags.has(flag);
  }

  /** The last value given. */
  value(name: string): string | undefined {
    return this.#values.get(name)?.at(-1);
  }

  all(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  #letters(arg: string, rest: string[]): void {
    for (let at = 1; at < arg.length; at += 1) {
      const name = `-${arg.charAt(at)}`;
      if (this.#take(name, () => arg.slice(at + 1) || rest.shift())) return;
    }
  }

  #long(arg: string, rest: string[]): void {
    const equals = arg.indexOf("=");
    const given = equals === -1 ? arg : arg.slice(0, equals);
    const { same = {} } = this.options;
    const name = (Object.hasOwn(same, given) ? same[given] : undefined) ?? given;
    this.#take(name, () => (equals === -1 ? rest.shift() : arg.slice(equals + 1)));
  }

  /** True if it took a value. */
  #take(name: string, next: () => string | undefined): boolean {
    const { flags, refused, values } = this.options;
    if (flags.includes(name)) {
      this.#flags.add(name);
      return false;
    }
    const reason = Object.hasOwn(refused, name) ? refused[name] : undefined;
    if (reason !== undefined) throw new ToolUsageError(`${name}: ${reason}`, name, "refused");
    if (!values.includes(name)) throw new ToolUsageError(name, name, "unknown");
    const value = next();
    if (value === undefined) throw new ToolUsageError(name, name, "no value");
    this.#values.set(name, [...this.all(name), value]);
    return true;
  }
}
