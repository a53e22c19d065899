import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";

it("begins under Node alone, and asks where the site is", () => {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/packages.ts", "no address"], { encoding: "utf8" });
  expect(stderr).toBe(
    "Say where the site is, with a slash at the end: npm run packages -- https://host.example/course/\n",
  );
  expect(status).toBe(2);
});
