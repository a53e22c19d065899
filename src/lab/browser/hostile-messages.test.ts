import { expect, it } from "vitest";
import { attackGate } from "../../gate/testing/attack-gate.ts";
import { pageCalls, pageLimits } from "./page-contract.ts";

const url = "http://localhost:5000/";
const request = { url, method: "POST", headers: [["a", "b"]], body: new Uint8Array(3) };

// [threat: preview-page]
it("a page in the pane is refused whatever it says that no call of its is", async () => {
  const outcome = await attackGate(
    {
      offers: pageCalls,
      expects: {},
      limits: pageLimits,
      calls: {
        navigate: [[request, true]],
        reload: [[]],
        travel: [[1], [-1]],
        tell: [
          [{ kind: "alert", text: "x" }],
          [{ kind: "question", name: "prompt", text: "x" }],
          [{ kind: "missing", what: "WebSocket", url }],
        ],
        fetch: [[request, false]],
        asset: [[url]],
        setCookie: [["a=b"]],
        moved: [[url]],
        streamOpen: [[1, { kind: "socket", url, protocols: ["chat"] }]],
        streamNext: [[1]],
        streamSend: [[1, ["text", new Uint8Array(3)]]],
        streamClose: [
          [1, 1000, "done"],
          [1, undefined, ""],
        ],
      },
      answers: {},
    },
    100_000,
  );
  expect(outcome).toMatchObject({ wrong: [] });
  expect(outcome.refused).toBeGreaterThan(50_000);
  expect(outcome.accepted).toBeGreaterThan(5_000);
}, 60_000);

it("a page in the pane is refused what is too much", () => {
  const moved = (length: number) => pageCalls.moved.arguments(["x".repeat(length)]);
  const alert = (length: number) => pageCalls.tell.arguments([{ kind: "alert", text: "x".repeat(length) }]);
  const cookie = (length: number) => pageCalls.setCookie.arguments(["x".repeat(length)]);
  const headers = (length: number) =>
    pageCalls.fetch.arguments([{ ...request, headers: new Array(length).fill(["a", "b"]) }, true]);
  const body = (length: number) => pageCalls.fetch.arguments([{ ...request, body: new Uint8Array(length) }, true]);
  expect([moved(64_000), alert(2000), cookie(10_000), headers(1000), body(2 ** 26)]).not.toContain(false);
  expect([moved(64_001), alert(2001), cookie(10_001), headers(1001), body(2 ** 26 + 1)]).not.toContain(true);
});
