import { existsSync } from "node:fs";
import { injectContract } from "./contract.ts";
import { expect, pages, test } from "./site.ts";

test("the Linux machine's Debian answers at once", async ({ page, baseURL }) => {
  test.skip(!existsSync("dist/machine/linux/manifest.json"), "no Linux image: npm run linux:image builds one");
  test.setTimeout(600_000);
  await page.goto(pages.embed);
  await injectContract(page);
  const debian = await page.evaluate(async (root) => {
    const machine = await contractPage.open("linux", root);
    const host = await machine.host("production");
    const answer = await host.request(80, { path: "/" });
    const shell = await host.spawn(["systemctl", "is-active", "nginx", "gunicorn"]);
    let printed = "";
    shell.onOutput((bytes) => {
      printed += new TextDecoder().decode(bytes);
    });
    const exit = await shell.exit;
    machine.dispose();
    return {
      status: answer.status,
      server: answer.headers.find(([name]) => name.toLowerCase() === "server")?.[1],
      printed: printed.trim().split(/\s+/),
      exit,
    };
  }, baseURL ?? "");
  expect(debian).toEqual({
    status: 200,
    server: expect.stringMatching(/^nginx\//),
    printed: ["active", "active"],
    exit: { kind: "exited", code: 0 },
  });
});

test("a site without a Linux image says so, and how to add one", async ({ page, baseURL }) => {
  test.skip(existsSync("dist/machine/linux/manifest.json"), "there is a Linux image");
  await page.goto(pages.embed);
  await injectContract(page);
  const root = baseURL ?? "";
  await page.route("**/machine/linux/manifest.json", (route) =>
    route.fulfill({ status: 200, body: "<p>not there</p>" }),
  );
  const why = await page.evaluate(
    (site) =>
      contractPage.open("linux", site).then(
        () => "it opened",
        (error: { cause: string; message: string; wayOn: string }) => `${error.cause}: ${error.message} ${error.wayOn}`,
      ),
    root,
  );
  expect(why).toBe(
    "image-missing: This copy of the site has no Linux image. Whoever hosts it can add one with npm run linux:image; the other lessons work without.",
  );
});
