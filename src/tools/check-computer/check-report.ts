/** What was found on a computer, as text that can be passed on. */
import { checkComputerStrings } from "../../strings/strings.ts";
import { type CheckedState, verdictOf } from "./computer-checks.ts";

/** A check and what it found. */
export interface CheckedRow extends CheckedState {
  readonly name: string;
}

/** Where it was found. */
export interface CheckedWhere {
  readonly browser: string;
  readonly site: string;
  readonly when: Date;
}

/** The verdict, a line for each check, and where and when it was. */
export function checkReport(rows: readonly CheckedRow[], { browser, site, when }: CheckedWhere): string {
  const { results, verdicts } = checkComputerStrings;
  return [
    verdicts[verdictOf(rows)],
    "",
    ...rows.map(({ name, finding, detail }) => `${name}: ${results[finding]}. ${detail}`.trimEnd()),
    "",
    site,
    browser,
    `${when.toISOString().slice(0, 16).replace("T", " ")} UTC`,
    "",
  ].join("\n");
}

/** An address that opens a mail with the report. */
export function mailWith(report: string): string {
  const line = (text: string) => encodeURIComponent(text.replaceAll("\n", "\r\n"));
  return `mailto:?subject=${line(checkComputerStrings.mailSubject)}&body=${line(report)}`;
}
