// @project labs
/** What the lesson about streams claims of nginx: it buffers, unless a header of the response says not to. */
import { claimsOf, expect } from "./claims.ts";

const claim = claimsOf("streams-behind-nginx");

claim(["nginx-collects-the-stream", "header-lets-the-stream-through"], async (lab) => {
  const { sentence, development, production } = await lab.load("answers");
  expect([development.errors, production.errors], sentence).toEqual([0, 0]);
  const [buffered, unbuffered] = [await lab.firstByte("development"), await lab.firstByte("production")];
  expect(buffered, sentence).toBeGreaterThan(0.8 * (development.median ?? Number.NaN));
  expect(2 * unbuffered, sentence).toBeLessThan(production.median ?? 0);
});
