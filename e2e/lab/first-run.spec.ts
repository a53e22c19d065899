// @project labs
/** A reader's first run says what later ones say: servers are warmed before anything is counted. */
import { expect, test } from "@playwright/test";
import { boot, LabUnderTest, type LoadOutcome } from "../../testing/browser/lab.ts";

/** How far the first run may be from the others, where those are no further from each other. */
const agreement = 1.15;

test("the first run agrees with later ones, warms what is cold and nothing else, and can be begun at once", async ({
  browser,
}, { project }) => {
  test.setTimeout(300_000);
  const lab = await LabUnderTest.open(browser, project.use.baseURL, "how-many-workers");
  const { region } = lab;
  const warming = region.getByText(/^Warming up the /);
  const begin = lab.button("Skip the warm-up");
  const computing = region.getByRole("radio", { name: "Pages that compute" });
  await lab.start();
  // Nobody has resized anything.
  expect(await lab.production.terminal()).not.toContain("winch");
  expect(await lab.development.terminal()).not.toContain("winch");

  await computing.check();
  await lab.button("Run load test").click();
  await expect(warming).toHaveText(/^Warming up the small server\./);
  await expect(begin).toBeVisible();
  await expect(region.getByText("The small server is being tested.")).toBeVisible({ timeout: boot });
  await lab.endOfLoad();
  const runs: LoadOutcome[] = [await lab.outcome()];
  await region.getByText("How far to trust these figures").click();
  const trust = region.locator(".lab-trust");
  await expect(
    trust.getByText(/Small server: [\d.]+\ss and \d+ answers before the run, none of them counted/),
  ).toBeVisible();
  await expect(trust.getByText(/It takes 30 answers on each side/)).toContainText(
    /Large server: [\d.]+\s\/s in the first half, .* So the (small|large) server has between [\d.]+ and [\d.]+ times/,
  );

  // What is warm is asked at once.
  for (let run = 0; run < 2; run += 1) {
    runs.push(await lab.load("computing"));
    await expect(trust.getByText("Both servers were warm already.")).toBeVisible();
  }
  const [first = Number.NaN, second = Number.NaN, third = Number.NaN] = runs.map(({ ratio }) => ratio("rate"));
  const apart = (a: number, b: number) => Math.max(a / b, b / a);
  // A computer that does other things meanwhile changes later runs, too: the first is held against how far these
  // differ.
  expect(apart(first, third), `${first}, ${second}, ${third}`).toBeLessThan(agreement * apart(second, third) ** 2);

  // A server that was started anew is cold, the other one is not.
  await lab.production.run("gunicorn -w 3 -b 0.0.0.0:8000 app:app");
  await expect(lab.production.state).toHaveText("Running on port 8000 with 3 workers.", { timeout: boot });
  await lab.button("Run load test").click();
  await expect(warming).toHaveText(/^Warming up the large server\./, { timeout: boot });
  await begin.click();
  await expect(region.getByText("The large server is being tested.")).toBeVisible({ timeout: boot });
  await lab.endOfLoad();
  await expect(trust.getByText(/Large server: .* it was cut short/)).toBeVisible();
  await lab.close();
});
