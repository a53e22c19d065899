/**
 * What a page that embeds a lab can ask for in its address:
 * `embed/first-load/?plan=slow&machine=python&theme=dark&editor=0&show=everything`, or `?plan=slow&size=compact`.
 */

/** A theme that does not follow the reader's system. */
export type EmbedTheme = "light" | "dark";

/** The options. What is left out is as usual. */
export interface EmbedOptions {
  /** Name of the plan that is chosen at the start. */
  readonly plan?: string;
  readonly machine?: string;
  readonly theme?: EmbedTheme;
  /** `false`: the files are not shown. */
  readonly editor?: boolean;
  /** `everything`: all parts of the lab are on screen from the start. */
  readonly show?: "everything";
  /**
   * `compact`: commands, lanes, one plan and the result, less than 900 CSS pixels high. Nothing else of the lab is
   * shown, whatever `show` says.
   */
  readonly size?: "compact";
}

/** What a lab offers to choose from. */
export interface EmbedChoices {
  readonly plans: readonly string[];
  readonly machines: readonly string[];
}

/** An option with a value that it cannot have, and those that it can. */
export interface EmbedProblem {
  readonly option: string;
  readonly value: string;
  readonly choices: readonly string[];
}

/** Reads the query of an address. Options that are not known are left alone: course pages add their own. */
export function readEmbedOptions(
  query: string,
  { plans, machines }: EmbedChoices,
): { readonly options: EmbedOptions; readonly problems: readonly EmbedProblem[] } {
  const parameters = new URLSearchParams(query);
  const problems: EmbedProblem[] = [];
  const choose = <T extends string>(option: string, choices: readonly T[]): T | undefined => {
    const value = parameters.get(option);
    if (value === null) return undefined;
    const chosen = choices.find((choice) => choice === value);
    if (chosen === undefined) problems.push({ option, value, choices });
    return chosen;
  };
  const plan = choose("plan", plans);
  const machine = choose("machine", machines);
  const theme = choose("theme", ["light", "dark"] as const);
  const editor = choose("editor", ["0", "1"] as const);
  const show = choose("show", ["everything"] as const);
  const size = choose("size", ["compact"] as const);
  return {
    options: {
      ...(plan !== undefined && { plan }),
      ...(machine !== undefined && { machine }),
      ...(theme !== undefined && { theme }),
      ...(editor !== undefined && { editor: editor === "1" }),
      ...(show !== undefined && { show }),
      ...(size !== undefined && { size }),
    },
    problems,
  };
}

/** The query for these options, with its `?`; nothing if all is as usual. */
export function writeEmbedOptions({ plan, machine, theme, editor = true, show, size }: EmbedOptions): string {
  const parameters = new URLSearchParams({
    ...(plan !== undefined && { plan }),
    ...(machine !== undefined && { machine }),
    ...(theme !== undefined && { theme }),
    ...(!editor && { editor: "0" }),
    ...(show !== undefined && { show }),
    ...(size !== undefined && { size }),
  }).toString();
  return parameters === "" ? "" : `?${parameters}`;
}
