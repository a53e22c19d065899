// @project labs
/** What the lesson about supervision claims. On the left nobody watches, on the right systemd. */
import { claimsOf, expect as plainExpect } from "./claims.ts";

const claim = claimsOf("supervision");
// The emulated PC has one processor, and all of it is slower.
const expect = plainExpect.configure({ timeout: 100_000 });

claim(["nobody-starts-the-master", "systemd-restarts-after-kill"], async ({ development, production }) => {
  for (const side of [development, production])
    await side.region.getByRole("button", { name: /^Kill main process/ }).press("Enter");
  await production.shows("code=killed, status=9/KILL");
  await expect(production.state).toHaveText(/^Running on port/);
  await production.send("/");
  await expect(production.sent.last()).toHaveText(/200 in/);
  await production.shell("systemctl show shop -p NRestarts", /^NRestarts=1/);
  // Its worker leaves when it has noticed.
  await development.shell(
    "while curl -s localhost:8000/; do sleep 2; done; echo code $?; pgrep gunicorn; echo none",
    /none/,
  );
});

claim("systemd-term-by-hand", async ({ production }) => {
  await production.shell(
    "systemctl kill -s TERM --kill-whom=main shop; while systemctl -q is-active shop; do sleep 1; done; sleep 3; systemctl is-active shop",
    /^inactive/,
  );
});

claim("systemd-start-limit", async ({ production }) => {
  await production.shell(
    "sed -i s/gunicorn/gunicron/ shop.service; systemctl daemon-reload; systemctl start shop; until systemctl -q is-failed shop; do sleep 1; done; echo it has failed",
    /ithasfailed/,
  );
  await production.shows("Start request repeated too quickly");
});

claim("supervisor-restarts", async ({ development }) => {
  await development.run("supervisord -c supervisord.conf");
  await development.shows("shop entered RUNNING state");
  // A child that has not become gunicorn yet is called as its parent: the parent is the oldest.
  await development.shell(
    "old=$(pgrep -o gunicorn); kill -KILL $old; until pgrep -P $(pgrep -o supervisord) gunicorn | grep -vx $old; do sleep 1; done",
    /^\d+/,
  );
  await development.showed("terminated by SIGKILL");
});
