/** Records of an input, as `RS` divides it, as they come. */

/** Gives the next bytes, or null at the end. */
export type ReadBytes = () => Promise<Uint8Array | null>;

/** One input under way. */
export class AwkInput {
  #text = "";
  #at = 0;
  #over = false;
  readonly #decoder = new TextDecoder();
  /** The separator that the record before had, where it is an expression. */
  #expression = { separator: "", compiled: /$/g };

  constructor(private readonly read: ReadBytes) {}

  /** The next record, if it is here already: `wait` if not, undefined if there is none any more. */
  ready(separator: string): "wait" | { readonly record: string } | undefined {
    const found = this.#find(separator);
    if (found !== undefined) {
      const record = this.#text.slice(this.#at, found.begin);
      this.#at = found.end;
      if (this.#at > 65_536) this.#forget();
      return { record };
    }
    if (!this.#over) return "wait";
    if (this.#at >= this.#text.length) return undefined;
    const record = separator === "" ? this.#text.slice(this.#at).replace(/\n+$/, "") : this.#text.slice(this.#at);
    this.#at = this.#text.length;
    return separator === "" && record === "" ? undefined : { record };
  }

  /** Waits for more of it. */
  async fill(): Promise<void> {
    const bytes = await this.read();
    this.#forget();
    if (bytes === null) {
      this.#over = true;
      this.#text += this.#decoder.decode();
    } else this.#text += this.#decoder.decode(bytes, { stream: true });
  }

  #forget(): void {
    this.#text = this.#text.slice(this.#at);
    this.#at = 0;
  }

  #find(separator: string): { readonly begin: number; readonly end: number } | undefined {
    if (separator === "") return this.#findParagraph();
    if (separator.length === 1) {
      const begin = this.#text.indexOf(separator, this.#at);
      return begin === -1 ? undefined : { begin, end: begin + 1 };
    }
    if (this.#expression.separator !== separator) {
      this.#expression = { separator, compiled: new RegExp(separator, "g") };
    }
    const { compiled } = this.#expression;
    compiled.lastIndex = this.#at;
    const found = compiled.exec(this.#text);
    if (found === null || found[0] === "") return undefined;
    const end = found.index + found[0].length;
    // What follows may belong to it.
    return end === this.#text.length && !this.#over ? undefined : { begin: found.index, end };
  }

  /** Records are divided by empty lines. */
  #findParagraph(): { readonly begin: number; readonly end: number } | undefined {
    while (this.#text.charAt(this.#at) === "\n") this.#at += 1;
    const begin = this.#text.indexOf("\n\n", this.#at);
    if (begin === -1) return undefined;
    let end = begin;
    while (this.#text.charAt(end) === "\n") end += 1;
    return end === this.#text.length && !this.#over ? undefined : { begin, end };
  }
}
