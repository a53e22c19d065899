import { expect, it } from "vitest";
import { conceptsIn } from "./related-pages.ts";

it("finds terms and links, each concept once", () => {
  const body = `A <Term name="worker">worker</Term> takes it from the [backlog](../../concepts/backlog/), and another
    <Term name="worker">one</Term> does not. See [the first lesson](../../lessons/01-two-servers/).`;
  expect(conceptsIn(body)).toEqual(["worker", "backlog"]);
});
