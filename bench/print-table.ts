import type { Row } from "./row.ts";

const headings = ["What", "Page", "Native", "Ratio", "Target", ""] as const;

/** Prints rows as aligned columns. */
export function printTable(rows: readonly Row[]): void {
  const cells = [
    headings,
    ...rows.map(({ what, page, native, ratio, target, met, note }) => [
      what,
      page,
      native ?? "",
      ratio === undefined ? "" : ratio.toFixed(2),
      target ?? "",
      [met === undefined ? "" : met ? "met" : "missed", note ?? ""].filter(Boolean).join("; "),
    ]),
  ];
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  for (const row of cells) {
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  }
}
