/** A lab on a real machine, as a reader meets it: found by its accessible names, driven by its buttons. */
import { type Browser, type BrowserContext, expect, type Locator, type Page } from "@playwright/test";
import { parseCommand } from "../../src/lab/command/parse-command-line.ts";
import { expectedWorkers } from "../../src/lab/command/workforce.ts";
import { onNode } from "../../src/lab-definition/on-node.ts";
import { readLab } from "../../src/lab-definition/read-lab.ts";
import type { LabDefinition, SideName } from "../../src/lab-definition/schema.ts";
import { SystemCallTrace, traceable } from "./system-call-trace.ts";
import { leave, visitedContext } from "./visited-context.ts";

/** A figure of the result table. */
export type Figure =
  | "Requests per second"
  | "Median time to first byte"
  | "Median latency"
  | "95th percentile"
  | "99th percentile"
  | "Errors";

/** How long servers may take to boot on a busy computer, in milliseconds. */
export const boot = 60_000;
/** How long what follows from a click may take. */
const soon = 20_000;

/** How long a server may take until another has taken its place, in milliseconds. */
const replaced = 30_000;

/** How many lines were typed into shells. */
let lines = 0;

/** How far back a terminal is searched. */
const mostScreensBack = 12;
/** How long a page of it takes to turn. */
const turnsWithin = 2000;

/** One side. */
export class LabSide {
  readonly region: Locator;

  constructor(region: Locator) {
    this.region = region;
  }

  get command(): Locator {
    return this.region.getByRole("textbox", { name: "Command", exact: true });
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
   * What the terminal shows, without any white space, because lines break where its width ends. What has scrolled away
   * is not in it. A terminal draws only where the page shows it, so it is brought into view.
   */
  async terminal(): Promise<string> {
    const pane = this.region.getByRole("tabpanel", { name: "Terminal", exact: true, includeHidden: true });
    await pane.evaluate((element) => element.scrollIntoView({ block: "nearest", behavior: "instant" }));
    const rows = await pane.locator(".xterm-accessibility-tree > *").allTextContents();
    // A server's lines are broken between words with a character that nobody sees.
    return rows.join("").replace(/[\s\u200b]/g, "");
  }

  /** Waits until the terminal shows this. */
  async shows(text: string | RegExp): Promise<void> {
    const wanted = typeof text === "string" ? text.replace(/\s/g, "") : text;
    const poll = expect.poll(() => this.terminal(), { timeout: boot });
    if (typeof wanted === "string") await poll.toContain(wanted);
    else await poll.toMatch(wanted);
  }

  /** Writes a file in the editor, over what it holds. Both servers get it. */
  async write(path: string, text: string): Promise<void> {
    await this.open(new RegExp(`^${path.replaceAll(".", "\\.")}`));
    const editor = this.region.getByRole("textbox", { name: `File ${path}` });
    await editor.click();
    await editor.press("ControlOrMeta+a");
    await this.region.page().keyboard.insertText(text);
    await this.open("Terminal");
  }

  /** Waits until the terminal shows this or has shown it: pages up through what has scrolled away, and down again. */
  async showed(text: string | RegExp): Promise<void> {
    const screen = this.region.getByRole("textbox", { name: /^Terminal of/ });
    const pattern = typeof text === "string" ? text.replace(/\s/g, "") : text;
    const seen = (screenful: string) =>
      typeof pattern === "string" ? screenful.includes(pattern) : pattern.test(screenful);
    // What is on the screen follows a key a moment later. At the top nothing follows.
    const pageUp = async (): Promise<boolean> => {
      const before = await this.terminal();
      await screen.press("Shift+PageUp");
      const turned = expect.poll(() => this.terminal(), { timeout: turnsWithin }).not.toBe(before);
      return turned.then(
        () => true,
        () => false,
      );
    };
    const search = async (): Promise<boolean> => {
      let found = seen(await this.terminal());
      let up = 0;
      for (; !found && up < mostScreensBack && (await pageUp()); up += 1) found = seen(await this.terminal());
      for (; up > 0; up -= 1) await screen.press("Shift+PageDown");
      return found;
    };
    await expect.poll(search, { timeout: boot, message: `what the terminal showed: ${text}` }).toBe(true);
  }

  get #faults(): Locator {
    return this.region.getByRole("group", { name: /^Faults of the/ });
  }

  /** What the faults have to say that cannot be caused now. */
  get refused(): Locator {
    return this.#faults.getByRole("status");
  }

  /**
   * Presses a fault's button: by keyboard, which does not wait until nothing on the page moves, as under load
   * everything does.
   */
  async cause(fault: string): Promise<void> {
    await this.#faults.getByRole("button", { name: fault, exact: true }).press("Enter");
  }

  /** What the last fault of this name came to. */
  note(fault: string): Locator {
    return this.#faults
      .getByRole("listitem")
      .filter({ has: this.region.page().getByText(fault, { exact: true }) })
      .last();
  }

  /** Sends requests by hand, all at once, and does not wait for their answers. */
  async send(path: string, times = 1): Promise<void> {
    await this.region.getByRole("textbox", { name: "Path", exact: true }).fill(path);
    const button = this.region.getByRole("button", { name: "Send one request" });
    await button.click();
    // As fast as nobody clicks who is not a test.
    await button.evaluate((element: HTMLElement, more) => {
      for (let click = 0; click < more; click += 1) element.click();
    }, times - 1);
  }

  /** What became of each request that was sent by hand. */
  get sent(): Locator {
    return this.region.getByRole("list", { name: /^Requests sent by hand/ }).getByRole("listitem");
  }

  /**
   * Types a line into the shell beside the server, which is opened if need be, and waits until it has answered this.
   *
   * @returns what it answered, without white space
   */
  async shell(line: string, answer: RegExp): Promise<string> {
    await this.open("Shell");
    const pane = this.region.getByRole("tabpanel", { name: "Shell", exact: true });
    const button = pane.getByRole("button", { name: /^Open a shell/ });
    if (await button.isVisible()) await button.click();
    // It draws only where the page shows it.
    await pane.evaluate((element) => element.scrollIntoView({ block: "nearest", behavior: "instant" }));
    const text = async () => (await pane.locator(".xterm-accessibility-tree > *").allTextContents()).join("");
    // The prompt, with nothing behind it.
    await expect.poll(text, { timeout: boot }).toMatch(/[$#]\s*$/);
    await pane.getByRole("textbox").focus();
    // By its number it is told from the same line typed before.
    lines += 1;
    const numbered = `${line} # ${lines}`;
    await this.region.page().keyboard.type(`${numbered}\n`);
    const typed = numbered.replace(/\s/g, "");
    // A shell that is told its width while it reads draws a long line over itself: the line's end stands there in any
    // case.
    const end = typed.slice(-10);
    const answered = async () => {
      const shown = (await text()).replace(/\s/g, "");
      const echo = shown.includes(typed) ? typed : end;
      const at = shown.lastIndexOf(echo);
      return at < 0 ? "" : shown.slice(at + echo.length);
    };
    // The emulated PC takes its time.
    await expect.poll(answered, { timeout: 2 * boot }).toMatch(answer);
    const given = await answered();
    await this.open("Terminal");
    return given;
  }

  /** Starts the server with another command. */
  async run(command: string): Promise<void> {
    await this.command.fill(command);
    await this.command.press("Enter");
  }

  /** Starts the server with another command, and waits until the side says this of it and no longer of the one before. */
  async serve(command: string, running: string): Promise<void> {
    const before = await this.pids();
    await this.run(command);
    await expect
      .poll(async () => (await this.pids()).some((pid) => before.includes(pid)), { timeout: replaced })
      .toBe(false);
    await expect(this.state).toHaveText(running, { timeout: replaced });
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

/**
 * The figures of one side in the result table: `undefined` where it has a dash, because too few samples carry a figure.
 */
export interface SideFigures {
  /** Answers a second. */
  readonly rate: number | undefined;
  /** Milliseconds. */
  readonly median: number | undefined;
  /** 95th percentile, in milliseconds. */
  readonly p95: number | undefined;
  /** 99th percentile, in milliseconds. */
  readonly p99: number | undefined;
  readonly errors: number | undefined;
}

/** A load test that is over. */
export interface LoadOutcome extends Readonly<Record<SideName, SideFigures>> {
  /** What the lab says of it. */
  readonly sentence: string;
  /**
   * The development side's figure divided by the production side's.
   *
   * @throws Error if a side has no such figure
   */
  ratio(figure: keyof SideFigures): number;
}

const rows: Readonly<Record<keyof SideFigures, Figure>> = {
  rate: "Requests per second",
  median: "Median latency",
  p95: "95th percentile",
  p99: "99th percentile",
  errors: "Errors",
};

/** A page with a lab on it. */
export class LabUnderTest {
  /** What the page complained about on its console: a violated policy, a script that threw. */
  readonly complaints: string[] = [];

  readonly page: Page;
  /** What its machine's processes ask the kernel, where that is traced. */
  readonly trace: SystemCallTrace;
  /** The lab as its folder has it. */
  readonly definition: LabDefinition;

  private constructor(page: Page, definition: LabDefinition) {
    this.page = page;
    this.trace = new SystemCallTrace(page);
    this.definition = definition;
    page.on("console", (message) => {
      if (message.type() === "error") this.complaints.push(`${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => this.complaints.push(error.message));
  }

  /**
   * Opens a lab alone, in a context of its own.
   *
   * @param name its folder in `content/labs/`
   */
  static async open(browser: Browser, baseURL: string | undefined, name = "first-load"): Promise<LabUnderTest> {
    if (baseURL === undefined) throw new Error("The tests have no address to go to");
    return LabUnderTest.openIn(await visitedContext(browser, baseURL), name);
  }

  /** The same in a context that is there, whose base is the site's root. */
  static async openIn(context: BrowserContext, name: string): Promise<LabUnderTest> {
    const { definition } = readLab(`content/labs/${name}`);
    const lab = new LabUnderTest(await context.newPage(), definition);
    await lab.page.goto(traceable(`./embed/${name}/`));
    await expect(lab.region).toBeVisible();
    return lab;
  }

  /** Opens a lab's Node variant on a page whose base is the site's root. */
  static async openOnNode(page: Page, name: string): Promise<LabUnderTest> {
    const { definition } = readLab(`content/labs/${name}`);
    if (definition.node === undefined) throw new Error(`The lab ${name} has no Node variant`);
    const lab = new LabUnderTest(page, onNode(definition));
    await page.goto(`./embed/${name}/?machine=node`);
    await page.waitForFunction(() => crossOriginIsolated);
    await expect(lab.region).toBeVisible();
    return lab;
  }

  get region(): Locator {
    return this.page.getByRole("region", { name: `Lab: ${this.definition.title}`, exact: true });
  }

  side(name: SideName): LabSide {
    const { title } = this.definition.sides[name];
    return new LabSide(this.region.getByRole("region", { name: title, exact: true }));
  }

  get development(): LabSide {
    return this.side("development");
  }

  get production(): LabSide {
    return this.side("production");
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

  /** Starts both servers, with all the workers that their command lines ask for. */
  async start(): Promise<void> {
    await this.button("Start both servers").click();
    for (const name of ["development", "production"] as const) {
      await expect(this.side(name).state).toHaveText(runningState(this.definition.sides[name].command), {
        timeout: boot,
      });
    }
  }

  /** Begins a load test with a plan, by its label, and waits until its servers are warm. */
  async beginLoad(plan: string): Promise<void> {
    const radio = this.region.getByRole("radiogroup", { name: "Plan" }).getByRole("radio", { name: plan });
    if (!(await radio.isVisible())) await this.region.getByText("More plans").click();
    await radio.check();
    await this.button("Run load test").click();
    await expect(this.button("Stop load test")).toBeVisible();
    await expect(this.region.getByText(/^Warming up /)).toHaveCount(0, { timeout: boot });
  }

  /** Waits until the load test is over; the sentence that says what happened. */
  async endOfLoad(): Promise<string> {
    await expect(this.button("Run load test")).toBeVisible({ timeout: boot });
    await expect(this.#sentence).not.toBeEmpty();
    return (await this.#sentence.textContent()) ?? "";
  }

  get #sentence(): Locator {
    return this.region.locator(".lab-sentence");
  }

  /**
   * Runs a load test to its end.
   *
   * @param name the plan's name in `lab.yaml`
   */
  async load(name: string): Promise<LoadOutcome> {
    const plan = this.definition.plans.find((each) => each.name === name);
    if (plan === undefined) throw new Error(`The lab has no plan ${name}`);
    await this.beginLoad(plan.label);
    await this.endOfLoad();
    return this.outcome();
  }

  /** What came of the last load test. */
  async outcome(): Promise<LoadOutcome> {
    const sentence = (await this.#sentence.textContent()) ?? "";
    const [development, production] = [await this.#figures("development"), await this.#figures("production")];
    return {
      sentence,
      development,
      production,
      ratio: (figure) => {
        const [ofDevelopment, ofProduction] = [development[figure], production[figure]];
        if (ofDevelopment === undefined || ofProduction === undefined) {
          throw new Error(`Not both sides have the figure "${rows[figure]}": ${sentence}`);
        }
        return ofDevelopment / ofProduction;
      },
    };
  }

  async #figures(side: SideName): Promise<SideFigures> {
    const figure = async (name: keyof SideFigures) => {
      const value = await this.figure(rows[name], side);
      return Number.isNaN(value) ? undefined : value;
    };
    return {
      rate: await figure("rate"),
      median: await figure("median"),
      p95: await figure("p95"),
      p99: await figure("p99"),
      errors: await figure("errors"),
    };
  }

  /** The median time to first byte of a side, in milliseconds. It is shown where answers came in parts. */
  async firstByte(side: SideName): Promise<number> {
    return this.figure("Median time to first byte", side);
  }

  /** A figure of the result table, as a number: milliseconds, requests a second, or a count. */
  async figure(row: Figure, side: SideName): Promise<number> {
    const { title } = this.definition.sides[side];
    const table = this.region.getByRole("table", { name: "Load test results" });
    const headers = await table.getByRole("columnheader").allTextContents();
    const column = headers.findIndex((header) => header.includes(title));
    const cells = table.getByRole("row", { name: row }).getByRole("cell");
    // A row of dashes is not there.
    if ((await cells.count()) === 0) return Number.NaN;
    const text = (await cells.nth(column - 1).textContent()) ?? "";
    const number = Number.parseFloat(text.replace(/,/g, ""));
    return /\d\s*s\b/.test(text) && !/ms/.test(text) ? number * 1000 : number;
  }

  async close(): Promise<void> {
    await leave(this.page.context());
  }
}

/** What a side says as soon as the server of a command line runs, with all its workers. */
function runningState(command: string): RegExp {
  const parsed = parseCommand(command);
  const workers = parsed.ok ? expectedWorkers(parsed.command.argv) : undefined;
  if (workers === undefined) return /^Running on port \d+/;
  return new RegExp(`^Running on port \\d+ with ${workers} worker`);
}
