// @project labs
/** What the lesson about streams claims: two sync workers, and two workers with four threads each. */
import type { LabSide } from "../../testing/browser/lab.ts";
import { claimsOf, expect as plainExpect } from "./claims.ts";

const claim = claimsOf("streams");
const expect = plainExpect.configure({ timeout: 30_000 });

const serve = (side: LabSide, command: string) => side.serve(command, "Running on port 8000 with 2 workers.");

claim(["first-word-early", "first-word-late"], async (lab) => {
  const { sentence, development, production } = await lab.load("answers");
  expect([development.errors, production.errors], sentence).toEqual([0, 0]);
  const [sync, threaded] = [await lab.firstByte("development"), await lab.firstByte("production")];
  // On the threaded side its first word comes long before its last.
  expect(threaded * 3, sentence).toBeLessThan(production.median ?? 0);
  expect(sync, sentence).toBeGreaterThan(threaded * 3);
});

claim(["two-listeners-occupy-two-workers", "ten-listeners-occupy-eight-threads"], async (lab) => {
  const two = await lab.load("listeners");
  // One or the other is answered before the listeners have come.
  expect(4 * (two.development.rate ?? 0), two.sentence).toBeLessThan(two.production.rate ?? 0);
  const ten = await lab.load("ten-listeners");
  expect(4 * (ten.production.rate ?? 0), ten.sentence).toBeLessThan(two.production.rate ?? 0);
});

claim(["timeout-cuts-a-stream", "threads-are-not-timed-out"], async ({ development, production }) => {
  await serve(development, "gunicorn -w 2 --timeout 2 -b 0.0.0.0:8000 app:app");
  await serve(production, "gunicorn -w 2 --threads 4 --timeout 2 -b 0.0.0.0:8000 app:app");
  const listen = "curl -s localhost:8000/listen | grep -c data; echo over";
  const cut = Number(/^(\d+)over/.exec(await development.shell(listen, /^\d+over/))?.[1]);
  expect(cut).toBeGreaterThan(0);
  expect(cut).toBeLessThan(10);
  await development.showed(/WORKERTIMEOUT/);
  await production.shell(listen, /^10over/);
});
