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
const onlyBash = "hkBHpt";
/** Letters of bash for what functions and subshells inherit. */
const tracing: ReadonlyMap<string, string> = new Map([
  ["E", "errtrace"],
  ["T", "functrace"],
]);

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

/** What `set -o` of bash names, in its order. */
const bashNames: readonly string[] = [
  ...["allexport", "braceexpand", "emacs", "errexit", "errtrace", "functrace", "hashall", "histexpand", "history"],
  ...["ignoreeof", "interactive-comments", "keyword", "monitor", "noclobber", "noexec", "noglob", "nolog", "notify"],
  ...["nounset", "onecmd", "physical", "pipefail", "posix", "privileged", "verbose", "vi", "xtrace"],
];

/** Those of bash that are so here, whatever is switched. */
const alwaysOn: ReadonlySet<string> = new Set(["braceexpand", "hashall", "interactive-comments"]);

/** Options of `shopt`, and what they are at first. */
export const shellOptions: ReadonlyMap<string, boolean> = new Map([
  ["autocd", false],
  ["assoc_expand_once", false],
  ["cdable_vars", false],
  ["cdspell", false],
  ["checkhash", false],
  ["checkjobs", false],
  ["checkwinsize", true],
  ["cmdhist", true],
  ["compat31", false],
  ["compat32", false],
  ["compat40", false],
  ["compat41", false],
  ["compat42", false],
  ["compat43", false],
  ["compat44", false],
  ["complete_fullquote", true],
  ["direxpand", false],
  ["dirspell", false],
  ["dotglob", false],
  ["execfail", false],
  ["expand_aliases", false],
  ["extdebug", false],
  ["extglob", false],
  ["extquote", true],
  ["failglob", false],
  ["force_fignore", true],
  ["globasciiranges", true],
  ["globskipdots", true],
  ["globstar", false],
  ["gnu_errfmt", false],
  ["histappend", false],
  ["histreedit", false],
  ["histverify", false],
  ["hostcomplete", true],
  ["huponexit", false],
  ["inherit_errexit", false],
  ["interactive_comments", true],
  ["lastpipe", false],
  ["lithist", false],
  ["localvar_inherit", false],
  ["localvar_unset", false],
  ["login_shell", false],
  ["mailwarn", false],
  ["no_empty_cmd_completion", false],
  ["nocaseglob", false],
  ["nocasematch", false],
  ["noexpand_translation", false],
  ["nullglob", false],
  ["patsub_replacement", true],
  ["progcomp", true],
  ["progcomp_alias", false],
  ["promptvars", true],
  ["restricted_shell", false],
  ["shift_verbose", false],
  ["sourcepath", true],
  ["varredir_close", false],
  ["xpg_echo", false],
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

  /** The same but for one option, which is off. */
  without(option: string): ShellOptions {
    return new ShellOptions(this.all().filter((each) => each !== option));
  }

  /** By its letter; false if there is none, or if it is switched elsewhere. */
  switchLetter(letter: string, on: boolean, isBash: boolean): boolean {
    const name = isBash ? tracing.get(letter) : undefined;
    if (name !== undefined) this.#switch(name, on);
    if (name !== undefined || (isBash && onlyBash.includes(letter))) return true;
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
    const names = isBash ? bashNames : [...optionLetters.values(), "pipefail"];
    const all = names.map((name) => ({ name, on: this.#isOnInListing(name, isBash) }));
    if (asCommands) return all.map(({ name, on }) => `set ${on ? "-" : "+"}o ${name}\n`).join("");
    const lines = all.map(
      ({ name, on }) => `${isBash ? `${name.padEnd(15)}\t` : name.padEnd(16)}${on ? "on" : "off"}\n`,
    );
    if (isBash) return lines.join("");
    return `Current option settings\n${lines.join("")}`;
  }

  #isOnInListing(name: string, isBash: boolean): boolean {
    return (isBash && alwaysOn.has(name)) || this.hasName(name);
  }
}
