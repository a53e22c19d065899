/** What the lesson about nginx claims. On the left gunicorn alone, on the right nginx before it. */
import { claimsOf, expect as plainExpect } from "../support/claims.ts";

const claim = claimsOf("nginx-in-front");
// The emulated PC has one processor, and all of it is slower.
const expect = plainExpect.configure({ timeout: 60_000 });

claim("nginx-sends-files", async (lab) => {
  const { ratio, production } = await lab.load("style");
  expect(ratio("rate")).toBeLessThan(0.7);
  expect(production.errors).toBe(0);
});

claim(["nginx-gzips", "nginx-ends-tls", "app-sees-the-proxy"], async ({ production }) => {
  await production.shell("curl -s -H 'Accept-Encoding: gzip' localhost:8000/list | wc -c", /^34890/);
  await production.shell("curl -s -H 'Accept-Encoding: gzip' localhost/list | wc -c", /^[56]\d\d\d\D/);
  await production.shell("curl -s https://localhost/who; echo code $?", /^code60/);
  await production.shell("curl -sk https://localhost/who", /^Youcomefrom127\.0\.0\.1byhttps/);
  expect((await production.ask("/who")).body).toContain("from 127.0.0.1 by http");
});

claim(["slow-clients-block-gunicorn", "nginx-buffers", "nginx-reload-loses-nothing"], async (lab) => {
  await lab.beginLoad("Steady readers");
  for (const side of [lab.development, lab.production]) await side.cause("Slow client");
  await lab.production.shell("nginx -t && nginx -s reload && echo reloaded", /reloaded/);
  await lab.endOfLoad();
  const { development, production } = await lab.outcome();
  expect(production.errors).toBe(0);
  expect(development.errors ?? 0).toBeGreaterThan(5);
});

claim(["proxyfix-behind-nginx", "proxyfix-without-proxy"], async ({ production }) => {
  const forged = "curl -s -H 'X-Forwarded-For: 203.0.113.9'";
  await production.shell("sed -i 's/PROXIES = 0/PROXIES = 1/' app.py && pkill -HUP -o gunicorn && echo sent", /^sent/);
  // Past nginx, as on the left.
  await production.shell(
    `until ${forged} localhost:8000/who | grep 203; do sleep 1; done`,
    /Youcomefrom203\.0\.113\.9/,
  );
  await expect.poll(async () => (await production.ask("/who")).body).toMatch(/from 10\./);
  await production.shell(`${forged} localhost/who`, /^Youcomefrom127\.0\.0\.1/);
});

claim("dead-backend-502", async ({ production }) => {
  const codes = "curl -s -o /dev/null -w 'code %{http_code} ' localhost/ -o /dev/null localhost/static/style.css";
  await production.shell(`pkill -KILL gunicorn; sleep 1; ${codes}`, /code502code200/);
});
