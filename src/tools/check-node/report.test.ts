import { expect, it } from "vitest";
import { asText } from "./report.ts";

it("writes a table that no detail can break", () => {
  const text = asText([{ name: "fork", result: "works", detail: "a|b\nc" }], "Browser 1");
  expect(text).toContain("| fork | works | a\\|b c |\n");
  expect(text).toContain("Browser 1");
});
