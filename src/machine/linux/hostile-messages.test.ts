import { expect, it } from "vitest";
import { attackGate, type Outcome } from "../../gate/testing/attack-gate.ts";
import { bootNews, guestCalls } from "./boot-contract.ts";

function expectRefusals(outcome: Outcome): void {
  expect(outcome).toMatchObject({ wrong: [] });
  expect(outcome.refused).toBeGreaterThan(50_000);
  expect(outcome.accepted).toBeGreaterThan(5000);
}

const none = [undefined];

// [threat: app-code-page]
it("the page refuses whatever the emulator's worker says that is none of its news or answers", async () => {
  const calls = { step: [["x"]], part: [[0]], ready: [[]], failed: [["x"]], crash: [["x"]] };
  const answers = { pause: none, resume: none };
  expectRefusals(await attackGate({ offers: bootNews, expects: guestCalls, calls, answers }, 100_000));
}, 60_000);

it("the emulator's worker refuses whatever the page says that is no call or answer", async () => {
  const calls = { pause: [[]], resume: [[]] };
  const answers = { step: none, part: [new Uint8Array(3)], ready: none, failed: none, crash: none };
  expectRefusals(await attackGate({ offers: guestCalls, expects: bootNews, calls, answers }, 100_000));
}, 60_000);
