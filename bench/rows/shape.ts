/**
 * How the servers compare with one another, in the page and natively: which one answers how many times what `flask run`
 * does.
 */
import { test } from "../../testing/browser/machine.ts";
import { app, commands, planFor, readers } from "../app.ts";
import { NativeServer } from "../native-server.ts";
import { PageServer } from "../page-server.ts";
import { addRow, medianOf } from "../row.ts";

const first = { name: "flask run", argv: commands.flask } as const;
const others = [
  { name: "gunicorn, one worker", argv: commands.gunicorn(1) },
  { name: "gunicorn, one worker with four threads", argv: [...commands.gunicorn(1), "--threads", "4"] },
  { name: "waitress", argv: commands.waitress },
] as const;

const pages = [
  { name: "Hello", path: "/" },
  { name: "A wait of 100 ms", path: "/io" },
  { name: "A loop that computes", path: "/cpu" },
] as const;

for (const { name, path } of pages) {
  test(`shape: ${name}`, async ({ computer }) => {
    const plan = planFor(path, readers(8), 3);
    const rates = async (argv: readonly string[]) => {
      const page = await PageServer.start(computer, argv, app);
      const inPage = await medianOf(async () => (await page.load(plan)).achievedRate);
      await page.stop();
      const native = await NativeServer.start(argv, app);
      const outside = await medianOf(async () => (await native.load(plan)).achievedRate);
      native.stop();
      return { page: inPage, native: outside };
    };
    const base = await rates(first.argv);
    for (const server of others) {
      const rate = await rates(server.argv);
      const [page, native] = [rate.page / base.page, rate.native / base.native];
      addRow({
        what: `${name}, eight readers: ${server.name}, times ${first.name}`,
        page: page.toFixed(2),
        native: native.toFixed(2),
        ratio: page / native,
      });
    }
  });
}
