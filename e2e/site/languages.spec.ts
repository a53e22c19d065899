// @project beside
/** Pages in other languages: the frame, the text and the lab speak the same one, and English is a click away. */
import { expect, test } from "../../testing/browser/site.ts";

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

  // The rest of the course: in English, and says so; all that leads on leads somewhere.
  await page.goto("./es/lessons/06-how-many-workers/");
  await expect(page.locator("html")).toHaveAttribute("lang", "es");
  await expect(page.getByRole("main")).toHaveAttribute("lang", "en");
  await expect(page.getByText("Esta página aún no está disponible en tu idioma.")).toBeVisible();
  await page.getByRole("link", { name: "English" }).click();
  await expect(page).toHaveURL(/[^s]\/lessons\/06-how-many-workers\/$/);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});
