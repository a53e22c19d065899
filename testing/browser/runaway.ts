/** Programs that never end, and how soon a lab with them answers its Stop button. */
import { expect, type Locator, type Page } from "@playwright/test";
import { pages } from "./site.ts";

/** What a side is made to do: a command line that takes all it can get. */
export const runaways = {
  loop: `python -c "print('begun', flush=True); exec('while True: pass')"`,
  output: `python -c "while True: print('begun', 'x' * 200)"`,
  threads: `python -c "import threading; [threading.Thread(target=exec, args=('while True: pass',)).start() for _ in range(30)]; print('begun', flush=True)"`,
  processes: `sh -c "for n in 1 2 3 4; do python -c 'while True: pass' & done; echo begun; wait"`,
} as const;

/** Opens the first lab alone. */
export async function openLab(page: Page): Promise<Locator> {
  await page.goto(pages.embed);
  return page.getByRole("region", { name: "Lab: The first load test" });
}

/** Starts both sides with these commands, and waits until both programs have begun. */
export async function runAway(lab: Locator, development: string, production: string): Promise<void> {
  const commands = { "Development server": development, "Production server": production };
  for (const [side, command] of Object.entries(commands)) {
    await lab.getByRole("region", { name: side }).getByRole("textbox", { name: "Command" }).fill(command);
  }
  await lab.getByRole("button", { name: "Start both servers" }).click();
  for (const side of Object.keys(commands)) {
    const screen = lab.getByRole("region", { name: side }).getByRole("tabpanel", { name: "Terminal" });
    // A terminal draws only where the page shows it.
    await screen.evaluate((element) => element.scrollIntoView({ block: "nearest", behavior: "instant" }));
    await expect(screen.locator(".xterm-accessibility-tree, .xterm-rows").first()).toContainText("begun", {
      timeout: 90_000,
    });
  }
}

/** The longest time, in milliseconds, for which the page did nothing else in the next two seconds. */
export function longestPause(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const began = performance.now();
        let last = began;
        let longest = 0;
        const tick = () => {
          const now = performance.now();
          longest = Math.max(longest, now - last);
          last = now;
          if (now - began > 2000) resolve(longest);
          else setTimeout(tick, 10);
        };
        tick();
      }),
  );
}

/**
 * Presses `Stop both servers`; how long it took until both sides say that they have stopped, in milliseconds of the
 * page.
 */
export async function stop(lab: Locator): Promise<number> {
  const took = await lab.evaluate(
    (element) =>
      new Promise<number>((resolve, reject) => {
        const button = [...element.querySelectorAll("button")].find((each) => each.textContent === "Stop both servers");
        if (!button) throw new Error("There is no button to stop the servers.");
        const began = performance.now();
        const look = () => {
          const stopped = element.textContent?.match(/Stopped\./g)?.length ?? 0;
          if (stopped >= 2) resolve(performance.now() - began);
          else if (performance.now() - began > 20_000) reject(new Error(`Only ${stopped} sides have stopped.`));
          else setTimeout(look, 5);
        };
        button.click();
        look();
      }),
  );
  await expect(lab.getByRole("button", { name: "Start both servers" })).toBeEnabled();
  return took;
}
