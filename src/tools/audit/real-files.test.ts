/** Files of the kinds that people paste, with what somebody who runs servers says of each: `testing/cases/`. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { audit } from "./audit.ts";
import { textKinds } from "./findings/finding.ts";
import { ruleNames } from "./findings/rules.ts";

const folder = join(import.meta.dirname, "testing/cases");

/** What must be found in one text, and what must not. `a|b` means either. */
const expectation = z.strictObject({
  kind: z.enum(textKinds),
  file: z.string().optional(),
  text: z.string().optional(),
  must_find: z.array(z.string()),
  must_not_find: z.array(z.string()),
  expert: z.string(),
});
const expectations = z.strictObject({ audits: z.array(expectation) });

for (const name of readdirSync(folder)) {
  const { audits } = expectations.parse(JSON.parse(readFileSync(join(folder, name, "expect.json"), "utf8")));
  describe(name, () => {
    it.each(audits.map((each) => [each.file ?? each.text ?? "", each] as const))("%s", (_, each) => {
      const text = each.file === undefined ? each.text : readFileSync(join(folder, name, each.file), "utf8");
      if (text === undefined) throw new Error("a case has a file or a text");
      for (const rule of [...each.must_find.flatMap((any) => any.split("|")), ...each.must_not_find]) {
        expect(ruleNames).toContain(rule);
      }
      const found = audit(each.kind, text).map(({ rule }): string => rule);
      for (const any of each.must_find) expect(found).toContainEqual(expect.toBeOneOf(any.split("|")));
      for (const rule of each.must_not_find) expect(found).not.toContain(rule);
    });
  });
}
