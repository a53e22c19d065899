/** What `set` and `shopt` switch. */

/** Options of `set`, by their letters, with their long names. */
export const optionLetters: ReadonlyMap<string, string> = new Map([
  ["e", "errexit"],
  ["f", "noglob"],
  ["I", "ignoreeof"],
  ["i", "interactive"],
  ["m", "monitor"],
  ["n", "noexec"],
  ["s", "stdin"],
  ["x", "xtrace"],
  ["v", "verbose"],
  ["V", "vi"],
  ["E", "emacs"],
  ["C", "noclobber"],
  ["a", "allexport"],
  ["b", "notify"],
  ["u", "nounset"],
]);

/** Those that a script may switch by a letter. */
const switchable = "efmnxvCabu";
/** Letters that bash takes besides; they change nothing here. */
const onlyBash = "EThkBHpt";

const longNames = new Map(Array.from(optionLetters, ([letter, name]) => [name, letter]));
/** Long names that have no letter. */
const longOnly: ReadonlySet<string> = new Set([
  "pipefail",
  "posix",
  "nolog",
  "debug",
  "privileged",
  "braceexpand",
  "hashall",
  "history",
  "errtrace",
  "functrace",
]);

/** Options of `shopt`, and what they are at first. */
export const shellOptions: ReadonlyMap<string, boolean> = new Map([
  ["dotglob", false],
  ["expand_aliases", false],
  ["extglob", false],
  ["globstar", false],
  ["nocaseglob", false],
  ["nocasematch", false],
  ["nullglob", false],
  ["failglob", false],
  ["lastpipe", false],
  ["inherit_errexit", false],
  ["sourcepath", true],
  ["cmdhist", true],
  ["checkwinsize", true],
  ["histappend", false],
  ["interactive_comments", true],
]);

/** The options that are on: letters, and long names of those without one. */
export class ShellOptions {
  readonly #on = new Set<string>();

  constructor(on: Iterable<string> = []) {
    for (const option of on) this.#on.add(option);
  }

  has(option: string): boolean {
    return this.#on.has(option);
  }

  /** By its long name. */
  hasName(name: string): boolean {
    return this.#on.has(longNames.get(name) ?? name);
  }

  all(): string[] {
    return [...this.#on];
  }

  /** By its letter; false if there is none, or if it is switched elsewhere. */
  switchLetter(letter: string, on: boolean, isBash: boolean): boolean {
    if (isBash && onlyBash.includes(letter)) return true;
    if (!switchable.includes(letter)) return false;
    this.#switch(letter, on);
    return true;
  }

  /** By its long name; false if there is none. */
  switchName(name: string, on: boolean, isBash: boolean): boolean {
    if (longOnly.has(name) && (isBash || name === "nolog" || name === "debug" || name === "pipefail")) {
      this.#switch(name, on);
      return true;
    }
    const letter = longNames.get(name);
    if (letter === undefined) return false;
    this.#switch(letter, on);
    return true;
  }

  #switch(option: string, on: boolean): void {
    if (on) this.#on.add(option);
    else this.#on.delete(option);
  }

  /** `$-`. */
  get letters(): string {
    return [...optionLetters.keys()]
      .filter((letter) => this.#on.has(letter))
      .reverse()
      .join("");
  }

  /** What `set -o` prints, or, with `+o`, the commands that switch them so. */
  listing(asCommands: boolean, isBash: boolean): string {
    const all = [...optionLetters].map(([letter, name]) => ({ name, on: this.#on.has(letter) }));
    all.push({ name: "pipefail", on: this.#on.has("pipefail") });
    if (asCommands) return all.map(({ name, on }) => `set ${on ? "-" : "+"}o ${name}\n`).join("");
    const lines = all.map(
      ({ name, on }) => `${isBash ? `${name.padEnd(15)}\t` : name.padEnd(16)}${on ? "on" : "off"}\n`,
    );
    if (isBash) return lines.sort().join("");
    return `Current option settings\n${lines.join("")}`;
  }
}
