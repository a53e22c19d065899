import { expect, it } from "vitest";
import { attackGate, type Outcome } from "../../../gate/testing/attack-gate.ts";
import { factoryCalls, factoryNews } from "./factory-contract.ts";
import { frameCalls, frameNews } from "./frame-contract.ts";

const { port1: port } = new MessageChannel();
const blob = new Blob(["x"]);

const toFrame = {
  take: [
    ["kernel-worker.js", { compressed: blob, size: 1 }],
    ["prepared-code", { unpacked: blob }],
  ],
  takeTemplate: [[blob]],
  boot: [[port]],
};
const toPage = {
  bring: [["text-worker.js"]],
  bringWheel: [["flask.whl"]],
  step: [["x"]],
  newTemplate: [[new ArrayBuffer(3)]],
  crash: [["x"]],
};
const start = { argv: ["python", "app.py"], env: { A: "b" }, cwd: "/", image: { memory: new ArrayBuffer(3) } };
const toFactory = { start: [[1, start, port, 0.5]], terminate: [[1]] };
const toKernel = { crashed: [[1, "x"]] };

function expectRefusals(outcome: Outcome): void {
  expect(outcome).toMatchObject({ wrong: [] });
  expect(outcome.refused).toBeGreaterThan(50_000);
  expect(outcome.accepted).toBeGreaterThan(5000);
}

// [threat: app-code-page]
it("the page refuses whatever the sealed frame says that is none of its news or answers", async () => {
  const unpacked = new Map([["hashing.js", blob]]);
  expectRefusals(
    await attackGate(
      {
        offers: frameNews,
        expects: frameCalls,
        calls: toPage,
        answers: { take: [undefined], takeTemplate: [undefined], boot: [unpacked] },
      },
      100_000,
    ),
  );
}, 60_000);

it("the sealed frame refuses whatever the page says that is no call or answer", async () => {
  const wheel = [{ unpacked: blob }];
  const answers = { bring: wheel, bringWheel: wheel, step: [undefined], newTemplate: [undefined], crash: [undefined] };
  expectRefusals(await attackGate({ offers: frameCalls, expects: frameNews, calls: toFrame, answers }, 100_000));
}, 60_000);

// [threat: kernel-message]
it("the kernel refuses whatever the frame says that is no news of a worker", async () => {
  const answers = { start: [undefined], terminate: [undefined] };
  expectRefusals(await attackGate({ offers: factoryNews, expects: factoryCalls, calls: toKernel, answers }, 100_000));
}, 60_000);

it("the frame refuses whatever the kernel says that neither starts nor ends a worker", async () => {
  const target = { offers: factoryCalls, expects: factoryNews, calls: toFactory, answers: { crashed: [undefined] } };
  // What a process starts with is the kernel's own, and handed on.
  const anything = ["start.arguments.1"];
  expectRefusals(await attackGate({ ...target, anything }, 100_000));
}, 60_000);
