import { expect, it } from "vitest";
import { withUnbrokenOptions } from "./unbroken-options.ts";

it("an option in a text is marked; a command, a longer word and what a script is given are not", () => {
  expect(withUnbrokenOptions('<p>Use <code dir="auto">--threads</code> or <code>-w</code>.</p>')).toBe(
    '<p>Use <code class="unbroken" dir="auto">--threads</code> or <code class="unbroken">-w</code>.</p>',
  );
  for (const other of [
    "<code>gunicorn --threads 4</code>",
    "<code>--threads 4</code>",
    `<code>--${"x".repeat(30)}</code>`,
    "&lt;code&gt;--threads&lt;/code&gt;",
  ])
    expect(withUnbrokenOptions(other)).toBe(other);
});
