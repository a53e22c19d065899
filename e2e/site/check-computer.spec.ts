// @project beside
/** Whether this computer runs the labs: each kind is started for real, and what is found can be passed on. */
import { linuxMissing } from "../../testing/browser/linux.ts";
import { expect, pages, test } from "../../testing/browser/site.ts";

test("one click tries each kind of lab and says in words what works", async ({ page }) => {
  await page.goto(pages.check);
  const tool = page.getByRole("region", { name: "Check this computer" });
  await tool.getByRole("button", { name: "Check this computer" }).click();
  // What is slow on a busy computer works.
  await expect(tool.getByRole("status").first()).toHaveText(/^All labs that this site offers run on this computer/, {
    timeout: 120_000,
  });
  const row = (name: string) => tool.getByRole("table", { name: "What works here" }).getByRole("row", { name });
  for (const name of ["This browser", "Keeping files", "The network", "Python labs"]) {
    await expect(row(name)).toContainText("works");
  }
  await expect(row("Python labs")).toContainText(/its server answered \d+\.\d s later/);
  await expect(row("Linux labs")).toContainText(
    linuxMissing("debian") === undefined ? "A whole Debian, open after" : "not on this site",
  );
  const mail = await tool.getByRole("link", { name: "Write a mail with it" }).getAttribute("href");
  expect(new URLSearchParams(new URL(mail ?? "").search).get("body")).toContain("Python labs: works");
});
