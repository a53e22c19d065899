// @project labs
/** Every exercise of every lesson and of the pages about other frameworks: as it begins it is not solved, with its solution it is. */
import { readdirSync, readFileSync } from "node:fs";
import { readLab } from "../../src/lab-definition/read-lab.ts";
import { imageMissing } from "../../testing/browser/linux.ts";
import { expect, test } from "../../testing/browser/site.ts";

const tried = ["lessons", "frameworks"].flatMap((folder) =>
  readdirSync(`content/${folder}`).flatMap((file) =>
    [...readFileSync(`content/${folder}/${file}`, "utf8").matchAll(/<Try lab="([^"]+)" exercise="([^"]+)"/g)].map(
      ([, lab = "", exercise = ""]) => ({ folder, lesson: file.replace(/\.mdx$/, ""), lab, exercise }),
    ),
  ),
);

test.use({ visited: true });

for (const { folder, lesson, lab, exercise } of tried) {
  test(`${lesson}: ${exercise}`, async ({ page }) => {
    test.setTimeout(240_000);
    const { definition, exercises } = readLab(`content/labs/${lab}`);
    const missing = imageMissing(definition);
    test.skip(missing !== undefined, missing ?? "");
    const found = exercises.find(({ definition }) => definition.name === exercise);
    if (found === undefined) throw new Error(`The lab ${lab} has no exercise ${exercise}`);
    const { title, checks } = found.definition;
    await page.goto(`./${folder}/${lesson}/`);
    const region = page.getByRole("region", { name: `Try yourself: ${title}` });
    const outcome = region.getByRole("status");
    const press = (name: string) => region.getByRole("button", { name, exact: true }).click();

    // It comes to life when it is seen.
    await region.scrollIntoViewIfNeeded();
    const start = region.getByRole("button", { name: "Load the starting files into the lab" });
    if ((await start.count()) > 0) {
      // What the lesson's own files do is nobody's work.
      await press("Check my work");
      await expect(outcome).toHaveText(/load the starting files into the lab first/);
      await start.click();
    }
    await press("Check my work");
    await expect(outcome).toHaveText(/^Not yet\. /, { timeout: 120_000 });

    await region.getByText("A solution", { exact: true }).click();
    await press("Load it into the lab");
    await expect(page.getByText("The lab is now set up for the exercise.")).toBeVisible();
    await press("Check my work");
    await expect(outcome).toHaveText("Everything checks out. Solved.", { timeout: 120_000 });
    await expect(region.getByRole("listitem").filter({ hasText: "Correct" })).toHaveCount(checks.length);
  });
}

test("all labs' exercises stand on a page", () => {
  const named = readdirSync("content/labs").flatMap((lab) =>
    readLab(`content/labs/${lab}`).exercises.map(({ definition }) => `${lab} ${definition.name}`),
  );
  expect(tried.map(({ lab, exercise }) => `${lab} ${exercise}`).sort()).toEqual(named.sort());
});
