// @project labs
/** What the lesson about nginx claims. On the left gunicorn alone, on the right behind nginx. */
import { claimsOf, expect as plainExpect } from "./claims.ts";

const claim = claimsOf("nginx-in-front");
// The emulated PC has one processor, and all of it is slower.
const expect = plainExpect.configure({ timeout: 100_000 });

/** Gunicorn's processes beside the shell, and not those of the other side, which a whole Debian sees as well. */
const ours = "--ns $$";

claim("nginx-sends-files", async (lab) => {
  const { ratio, production } = await lab.load("style");
  expect(ratio("rate")).toBeLessThan(0.7);
  expect(production.errors).toBe(0);
  // A terminal has its size before a server starts in it: gunicorn would report that it was resized.
  expect(await lab.development.terminal()).toContain("Listeningat");
  expect(await lab.development.terminal()).not.toContain("winch");
});

claim(["nginx-gzips", "nginx-ends-tls", "app-sees-the-proxy"], async ({ production }) => {
  const size = (address: string) => `curl -s -H 'Accept-Encoding: gzip' ${address}/list | wc -c`;
  await production.shell(
    `${size("localhost:8000")}; ${size("localhost")}; curl -s https://localhost/who; echo code $?; curl -sk https://localhost/who`,
    /^34890(?:[1-5]\d{3}|6[0-8]\d\d)code60Youcomefrom127\.0\.0\.1byhttps/,
  );
  expect((await production.ask("/who")).body).toContain("from 127.0.0.1 by http");
});

claim(["slow-clients-block-gunicorn", "nginx-buffers"], async (lab) => {
  await lab.beginLoad("Steady users");
  for (const side of [lab.development, lab.production]) await side.cause("Slow client");
  await lab.endOfLoad();
  const { development, production } = await lab.outcome();
  // A busy computer lets some on the right wait too long as well.
  expect(development.errors ?? 0).toBeGreaterThan(5 + 3 * (production.errors ?? 0));
});

claim(["nginx-holds-a-stream", "header-frees-a-stream"], async ({ production }) => {
  const ask = (path: string) =>
    `curl -s -o words -w 'first %{time_starttransfer} last %{time_total} ' localhost/${path}`;
  const times = await production.shell(`${ask("words")}; ${ask("words?unbuffered")}; echo over`, /over/);
  const shares = Array.from(
    times.matchAll(/first([\d.]+)last([\d.]+)/g),
    ([, first, last]) => Number(first) / Number(last),
  );
  const [held, freed] = shares;
  expect(held, times).toBeGreaterThan(0.8);
  expect(freed, times).toBeLessThan(0.5);
});

claim("nginx-reload-loses-nothing", async ({ production }) => {
  const asking = 'for n in 1 2 3 4 5 6 7 8; do curl -s -o /dev/null -w "%{http_code} " localhost/io; done';
  await production.shell(`sh -c '(${asking}) & sleep 1; nginx -s reload 2>/dev/null; wait'`, /^(200){8}/);
});

claim(["proxyfix-behind-nginx", "proxyfix-without-proxy"], async ({ production }) => {
  const forged = "curl -s -H 'X-Forwarded-For: 203.0.113.9'";
  // First past nginx, as on the left.
  await production.shell(
    `sed -i 's/PROXIES = 0/PROXIES = 1/' app.py; pkill ${ours} -HUP -o gunicorn; until ${forged} localhost:8000/who | grep 203; do sleep 1; done`,
    /Youcomefrom203\.0\.113\.9/,
  );
  await expect.poll(async () => (await production.ask("/who")).body).toMatch(/from 10\./);
  await production.shell(`${forged} localhost/who`, /^Youcomefrom127\.0\.0\.1/);
});

claim("dead-backend-502", async ({ production }) => {
  const code = (path: string) => `curl -s -o /dev/null -w 'code %{http_code} ' localhost${path}`;
  await production.shell(
    `pkill ${ours} -KILL gunicorn; sleep 1; ${code("/")}; ${code("/static/style.css")}`,
    /code502code200/,
  );
});
