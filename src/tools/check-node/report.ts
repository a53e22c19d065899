import type { AssumptionResult } from "../../machine/node/assumptions.ts";

/** A row of the table. */
export interface ReportRow extends AssumptionResult {
  readonly name: string;
}

/** The table in Markdown, as an issue takes it. */
export function asText(rows: readonly ReportRow[], browser: string): string {
  const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
  return [
    `WebContainer client 1.6.4, ${browser}`,
    "",
    "| What | Result | Detail |",
    "|---|---|---|",
    ...rows.map(({ name, result, detail }) => `| ${cell(name)} | ${result} | ${cell(detail)} |`),
    "",
  ].join("\n");
}
