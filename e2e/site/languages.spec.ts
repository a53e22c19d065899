// @project beside
/** Pages in other languages: the frame, the text and the lab speak the same one, and English is a click away. */
import { readLab } from "../../src/lab-definition/read-lab.ts";
import { brokenLayout, marks, speakPseudoLanguage, wordsElsewhere } from "../../testing/browser/pseudo-language.ts";
import { expect, test } from "../../testing/browser/site.ts";
import { besidePhone, wcagViolations } from "../../testing/browser/wcag.ts";

test.use({ visited: true });

test("lesson 1 in Spanish: the lab speaks Spanish from start to result; what is not translated says so", async ({
  page,
}) => {
  test.setTimeout(240_000);
  await page.goto("./lessons/01-two-servers/");
  await page.getByRole("link", { name: "Español" }).click();
  await expect(page).toHaveURL(/\/es\/lessons\/01-two-servers\/$/);
  await expect(page.locator("html")).toHaveAttribute("lang", "es");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dos servidores, una app");

  // Server-rendered, then alive: the prediction before the lab.
  const prediction = page.getByRole("group", { name: "¿Qué lado responde más peticiones por segundo?" }).first();
  await prediction.getByLabel("El servidor de producción").check();
  await expect(page.getByText("Anotado. El laboratorio de abajo compara esto").first()).toBeVisible();

  const lab = page.getByRole("region", { name: "Laboratorio: La primera prueba de carga" });
  await lab.getByRole("radio", { name: "Una página rápida" }).check();
  await lab.getByRole("button", { name: "Ejecutar prueba de carga" }).click();
  await expect(lab.getByText(/En marcha en el puerto \d+ con 4 workers\./)).toBeVisible({ timeout: 120_000 });
  const figures = lab.getByRole("table", { name: "Resultados de la prueba de carga" });
  await expect(figures.getByRole("rowheader", { name: "Latencia mediana" })).toBeVisible({ timeout: 60_000 });
  await expect(lab.getByText(/^Con 10 usuarios en “Una página rápida”,.*peticiones por segundo/)).toBeVisible();
  await expect(lab).toContainText(/Dijiste “El servidor de producción”|no permite decidir/);
  // Names of programs, and nothing else, are said in English.
  const said = (await lab.locator("button, label, legend, h3, h4, th, .lab-state, .lab-verdict").allInnerTexts()).join(
    "\n",
  );
  expect(said).not.toMatch(/\b(?:the|and|with|requests?|server|start|stop|of)\b/i);

  expect(await wcagViolations(page, { frames: false })).toEqual([]);
  expect(await besidePhone(page)).toBe(0);

  // What a student has done, and an address that leads nowhere.
  await page.goto("./es/progress/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Tu progreso");
  await expect(page.getByRole("row", { name: /^Dos servidores, una app/ })).toContainText("empezada");
  await page.getByRole("button", { name: "Borrar todo" }).click();
  const parts = await page.locator("main :is(button, label, h2, p, thead)").allInnerTexts();
  expect(parts.join("\n")).not.toMatch(/\b(?:the|and|with|of|erase|keep|save)\b/i);
  await page.keyboard.press("Escape");
  const lost = await page.context().newPage();
  const files: string[] = [];
  lost.on("request", (request) => {
    if (!["document", "fetch"].includes(request.resourceType())) files.push(request.url());
  });
  await lost.goto("./es/nothing/here/");
  await expect(lost.getByRole("heading", { level: 1 })).toHaveText("Esa página no existe");
  // At that depth no file is where the page would look for it.
  expect(files).toEqual([]);
  await lost.getByRole("searchbox").fill("dos servidores");
  await lost.getByRole("listitem").filter({ visible: true }).getByRole("link").click();
  await expect(lost).toHaveURL(/\/es\/lessons\/01-two-servers\/$/);
  await lost.close();

  // The rest of the course: in English, and says so; all that leads on leads somewhere.
  await page.goto("./es/lessons/06-how-many-workers/");
  await expect(page.locator("html")).toHaveAttribute("lang", "es");
  await expect(page.getByRole("main")).toHaveAttribute("lang", "en");
  await expect(page.getByText("Esta página aún no está disponible en tu idioma.")).toBeVisible();
  await page.getByRole("link", { name: "English" }).click();
  await expect(page).toHaveURL(/[^s]\/lessons\/06-how-many-workers\/$/);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

test("a language that nobody speaks, and one from right to left: every word came through the door, nothing is cut", async ({
  page,
}) => {
  await speakPseudoLanguage(page);
  await page.goto("./lessons/01-two-servers/");
  const lab = page.locator(".lab-root");
  await expect(lab.getByText(marks.open).first()).toBeVisible();
  const { definition, files, exercises } = readLab("content/labs/first-load");
  const content = [
    definition.title,
    ...Object.values(definition.sides).flatMap(({ title, command }) => [title, title.toLowerCase(), command]),
    ...definition.plans.flatMap(({ label, predict }) => [label, predict?.question ?? ""]),
    ...exercises.flatMap(({ definition: { title, checks } }) => [
      title,
      ...checks.flatMap(({ wants, hint }) => [wants, hint ?? ""]),
    ]),
    ...files.map(({ path }) => path),
    "Flask",
    "gunicorn",
  ];
  expect(await wordsElsewhere(page, ".lab, .predict", content)).toEqual([]);
  // It sees what has come in another way, such as the words of the lab itself.
  expect(await wordsElsewhere(page, ".lab, .predict", [])).toContain(definition.plans[0]?.label);
  for (const dir of ["ltr", "rtl"]) {
    for (const width of [1400, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.evaluate((to) => document.documentElement.setAttribute("dir", to), dir);
      expect.soft(await brokenLayout(page, ".lab, .predict"), `${dir} ${width}`).toEqual([]);
    }
  }
});
