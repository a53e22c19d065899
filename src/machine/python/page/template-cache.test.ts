import { expect, it } from "vitest";
import { readTemplate, templateFile } from "./template-cache.ts";

const template = Uint8Array.from({ length: 4096 }, (_, at) => at % 251).buffer;

it("reads what was kept", async () => {
  expect(await readTemplate(templateFile(template))).toEqual(template);
});

it("refuses what is damaged", async () => {
  const kept = new Uint8Array(await templateFile(template).arrayBuffer());
  for (const at of [0, 3, 4, 2000, kept.length - 1]) {
    const damaged = kept.slice();
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    expect(await readTemplate(new Blob([damaged]))).toBeUndefined();
  }
});
