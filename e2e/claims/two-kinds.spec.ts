// @project labs
/** What the lesson about threads and async claims: one worker with eight threads, and one with an event loop. */
import type { Locator } from "@playwright/test";
import type { LabSide } from "../../testing/browser/lab.ts";
import { claimsOf, expect as plainExpect } from "./claims.ts";

const claim = claimsOf("two-kinds");
const expect = plainExpect.configure({ timeout: 30_000 });

const oneWorker = "Running on port 8000 with 1 worker.";

claim(["threads-wait-eight-at-a-time", "event-loop-waits-for-all"], async (lab) => {
  const { sentence, development, production } = await lab.load("waiting");
  expect([development.errors, production.errors], sentence).toEqual([0, 0]);
  // Eight at a time, half a second each.
  expect(development.rate, sentence).toBeGreaterThan(10);
  expect(development.rate, sentence).toBeLessThanOrEqual(16.5);
  expect(production.rate, sentence).toBeGreaterThan(5 * (development.rate ?? 0));
});

claim("computing-is-alike", async (lab) => {
  const outcome = await lab.load("computing");
  expect([outcome.development.errors, outcome.production.errors], outcome.sentence).toEqual([0, 0]);
  expect(outcome.ratio("rate"), outcome.sentence).toBeGreaterThan(1 / 1.5);
});

claim(["blocking-stops-the-loop", "blocking-takes-four-threads"], async (lab) => {
  const { sentence, development, production } = await lab.load("blocking");
  expect(development.rate, sentence).toBeGreaterThan(8);
  expect(4 * (production.rate ?? 0), sentence).toBeLessThan(development.rate ?? 0);
  expect([development.errors, production.errors], sentence).toEqual([0, 0]);
});

/** The chat for two that a side's Browser shows. */
class Room {
  readonly ada: Locator;
  readonly ben: Locator;
  readonly #go: Locator;

  private constructor(region: Locator) {
    const page = region.frameLocator(".lab-browser-page").frameLocator("iframe");
    [this.ada, this.ben] = [page.locator('[data-name="Ada"]'), page.locator('[data-name="Ben"]')];
    this.#go = region.getByRole("button", { name: "Go", exact: true });
  }

  static async open(side: LabSide): Promise<Room> {
    await side.open("Browser");
    await side.region.getByLabel("Address").fill("/room");
    const room = new Room(side.region);
    await room.enter();
    return room;
  }

  /** Asks for the page again, and waits until both are connected; the processes that they are connected to. */
  async enter(): Promise<readonly [string, string]> {
    await this.#go.click();
    return this.connected([]);
  }

  /** Waits until both are connected to other processes than these; to which. */
  async connected(before: readonly string[]): Promise<readonly [string, string]> {
    const connections = async () => Promise.all([processOf(this.ada), processOf(this.ben)]);
    await expect.poll(async () => (await connections()).every((pid) => pid && !before.includes(pid))).toBe(true);
    const [ada, ben] = await connections();
    return [ada, ben];
  }

  async say(who: Locator, text: string): Promise<void> {
    await who.getByRole("textbox").fill(text);
    await who.getByRole("button", { name: "Send" }).click();
    await expect(who).toContainText(text);
  }
}

/** The process that somebody was last connected to. */
async function processOf(who: Locator): Promise<string> {
  const text = (await who.textContent()) ?? "";
  return [...text.matchAll(/connected to process (\d+)/g)].at(-1)?.[1] ?? "";
}

claim(
  ["old-process-serves-its-sockets", "sockets-closed-after-grace", "room-is-empty-after-deploy"],
  async ({ production }) => {
    const room = await Room.open(production);
    const before = await room.connected([]);
    await room.say(room.ada, "Is anybody here?");
    await expect(room.ben).toContainText("Ada: Is anybody here?");
    const asked = "kill -HUP $(pgrep -o gunicorn); sleep 1.5; curl -s localhost:8000/";
    const answered = /process(\d+)/.exec(await production.shell(asked, /process\d+/))?.[1];
    expect(before).not.toContain(answered);
    await production.open("Browser");
    await room.say(room.ben, "I am.");
    await expect(room.ada).toContainText("Ben: I am.");
    expect(await room.connected([])).toEqual(before);

    const after = await room.connected(before);
    expect(after).toEqual([answered, answered]);
    for (const who of [room.ada, room.ben]) {
      // Whether gunicorn says goodbye depends on which of its tasks it cancels first.
      await expect(who).toContainText(/closed with code 10(06|11)/);
      // What came since the connection to the new process.
      const since = ((await who.textContent()) ?? "").split(`connected to process ${answered})`).at(-1);
      expect(since).not.toContain("Is anybody here?");
    }
  },
);

claim("two-workers-two-rooms", async ({ production }) => {
  await production.serve(
    "gunicorn -w 2 -k asgi --graceful-timeout 3 -b 0.0.0.0:8000 async_app:app",
    "Running on port 8000 with 2 workers.",
  );
  const room = await Room.open(production);
  // Which worker accepts a connection is chance.
  await expect
    .poll(async () => {
      const [ada, ben] = await room.enter();
      return ada === ben;
    })
    .toBe(false);
  await room.say(room.ada, "Can you hear me?");
  await room.say(room.ben, "Nobody is here.");
  await expect(room.ada).not.toContainText("Nobody is here.");
  await expect(room.ben).not.toContainText("Can you hear me?");
});

claim(["flask-on-asgi", "starlette-on-sync"], async ({ development, production }) => {
  await development.serve("gunicorn -w 1 -k asgi -b 0.0.0.0:8000 app:app", oneWorker);
  await production.serve("gunicorn -w 1 -b 0.0.0.0:8000 async_app:app", oneWorker);
  expect((await development.ask("/")).status).toContain("500");
  await development.showed("TypeError: Flask.__call__() takes 3 positional arguments but 4 were given");
  expect((await production.ask("/")).status).toContain("500");
  await production.showed("missing 1 required positional argument: 'send'");
});
