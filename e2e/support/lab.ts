/** A lab on a real machine, as a reader meets it: found by its accessible names, driven by its buttons. */
import { type Browser, expect, type Locator, type Page } from "@playwright/test";
import { pages } from "../site.ts";

/** A side of a lab by the title of its region. */
export type SideTitle = "Development server" | "Production server";

/** A figure of the result table. */
export type Figure = "Requests per second" | "Median latency" | "95th percentile" | "99th percentile" | "Errors";

/** How long servers may take to boot on a busy computer, in milliseconds. */
export const boot = 60_000;
/** How long what follows from a click may take. */
const soon = 20_000;

/** One side. */
export class LabSide {
  constructor(readonly region: Locator) {}

  get command(): Locator {
    return this.region.getByRole("textbox", { name: "Command" });
  }

  /** The sentence that says how the server is. */
  get state(): Locator {
    return this.region.locator(".lab-state");
  }

  get workers(): Locator {
    return this.region.getByRole("list", { name: "Workers" }).getByRole("listitem");
  }

  /** Pids of the workers, in the order of their rows. */
  async pids(): Promise<readonly number[]> {
    return (await this.region.locator(".lab-worker-pid").allTextContents()).map(Number);
  }

  /** How many requests each worker has answered, in the order of their rows. */
  async requests(): Promise<readonly number[]> {
    const texts = await this.region.locator(".lab-worker-requests").allTextContents();
    return texts.map((text) => Number(text.replace(/\D/g, "")));
  }

  async open(tab: string | RegExp): Promise<void> {
    await this.region.getByRole("tab", { name: tab, exact: true }).click();
  }

  /**
   * What the terminal shows, without any white space, because lines break where its width ends. What has scrolled away is not
   * in it.
   */
  async terminal(): Promise<string> {
    const pane = this.region.getByRole("tabpanel", { name: "Terminal", exact: true, includeHidden: true });
    const rows = await pane.locator(".xterm-accessibility-tree > *").allTextContents();
    return rows.join("").replace(/\s/g, "");
  }

  /** Waits until the terminal shows this. */
  async shows(text: string | RegExp): Promise<void> {
    const wanted = typeof text === "string" ? text.replace(/\s/g, "") : text;
    const poll = expect.poll(() => this.terminal(), { timeout: boot });
    if (typeof wanted === "string") await poll.toContain(wanted);
    else await poll.toMatch(wanted);
  }

  /** Starts the server with another command. */
  async run(command: string): Promise<void> {
    await this.command.fill(command);
    await this.command.press("Enter");
  }

  /** Asks the server once; the status line and the body. */
  async ask(path: string): Promise<{ status: string; body: string }> {
    await this.open("Response");
    await this.region.getByRole("textbox", { name: "Path", exact: true }).fill(path);
    const answer = this.region.locator(".lab-answer-status strong");
    // The answer of before must not be taken for this one's.
    await this.region.getByRole("button", { name: "Send one request" }).click();
    await expect(this.region.getByText("Waiting for the answer.")).toHaveCount(0, { timeout: soon });
    await expect(answer).toBeVisible({ timeout: soon });
    const status = (await answer.textContent()) ?? "";
    const body = (await this.region.locator("pre.lab-answer").last().textContent()) ?? "";
    await this.open("Terminal");
    return { status, body };
  }
}

/** A page with a lab on it. */
export class LabUnderTest {
  /** What the page complained about on its console: a violated policy, a script that threw. */
  readonly complaints: string[] = [];

  private constructor(readonly page: Page) {
    page.on("console", (message) => {
      if (message.type() === "error") this.complaints.push(`${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => this.complaints.push(error.message));
  }

  /** Opens the lab alone, in a context of its own. */
  static async open(
    browser: Browser,
    baseURL: string | undefined,
    address: string = pages.embed,
  ): Promise<LabUnderTest> {
    if (baseURL === undefined) throw new Error("The tests have no address to go to");
    const context = await browser.newContext({ baseURL, viewport: { width: 1400, height: 1000 } });
    const lab = new LabUnderTest(await context.newPage());
    await lab.page.goto(address);
    await expect(lab.region).toBeVisible();
    return lab;
  }

  get region(): Locator {
    return this.page.getByRole("region", { name: "Lab: The first load test" });
  }

  side(title: SideTitle): LabSide {
    return new LabSide(this.region.getByRole("region", { name: title, exact: true }));
  }

  get development(): LabSide {
    return this.side("Development server");
  }

  get production(): LabSide {
    return this.side("Production server");
  }

  button(name: string): Locator {
    return this.region.getByRole("button", { name, exact: true });
  }

  /** Both servers run, as the lab's author has written them. */
  async running(): Promise<void> {
    await this.button("Reset").click();
    await expect(this.development.state).toHaveText("Not started.", { timeout: soon });
    await this.start();
  }

  async start(): Promise<void> {
    await this.button("Start both servers").click();
    await expect(this.development.state).toHaveText(/^Running on port 5000/, { timeout: boot });
    await expect(this.production.state).toHaveText(/^Running on port 8000 with 4 workers/, { timeout: boot });
  }

  /** Begins a load test with a plan. */
  async beginLoad(plan: string): Promise<void> {
    await this.region.getByRole("radiogroup", { name: "Plan" }).getByRole("radio", { name: plan }).check();
    await this.button("Run load test").click();
    await expect(this.button("Stop load test")).toBeVisible();
  }

  /** Waits until the load test is over; the sentence that says what happened. */
  async endOfLoad(): Promise<string> {
    await expect(this.button("Run load test")).toBeVisible({ timeout: boot });
    const sentence = this.region.locator(".lab-sentence");
    await expect(sentence).not.toBeEmpty();
    return (await sentence.textContent()) ?? "";
  }

  /** A figure of the result table, as a number: milliseconds, requests a second, or a count. */
  async figure(row: Figure, title: SideTitle): Promise<number> {
    const table = this.region.getByRole("table", { name: "Load test results" });
    const headers = await table.getByRole("columnheader").allTextContents();
    const column = headers.findIndex((header) => header.includes(title));
    const cells = table.getByRole("row", { name: row }).getByRole("cell");
    const text = (await cells.nth(column - 1).textContent()) ?? "";
    const number = Number.parseFloat(text.replace(/,/g, ""));
    return /\d\s*s\b/.test(text) && !/ms/.test(text) ? number * 1000 : number;
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
