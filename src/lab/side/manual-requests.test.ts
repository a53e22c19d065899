import { describe, expect, it } from "vitest";
import type { HttpResponse } from "../../machine/machine.ts";
import { ScriptedMachine } from "../testing/scripted-machine.ts";
import { ManualRequests } from "./manual-requests.ts";
import { SideSession } from "./side-session.ts";

const hello: HttpResponse = { version: "HTTP/1.1", status: 200, reason: "OK", headers: [], body: new Uint8Array() };

/** A side whose server listens, and answers when the test says. */
async function listening() {
  const machine = new ScriptedMachine({ server: ({ listen }) => listen(5000) });
  const host = await machine.host("development");
  const side = new SideSession("development", { title: "Development server", command: "server" });
  side.attach(
    host,
    () => machine.now(),
    () => {},
  );
  await side.start([]);
  const answers: PromiseWithResolvers<HttpResponse>[] = [];
  host.answer = () => {
    const answer = Promise.withResolvers<HttpResponse>();
    answers.push(answer);
    return answer.promise;
  };
  return { host, side, hand: new ManualRequests(side, "/slow"), answers };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe("requests by hand", () => {
  it("are followed from the backlog to their worker and their end", async () => {
    const { host, hand, answers } = await listening();
    expect(hand.send()).toBe(true);
    const stage = () => {
      const { newest } = hand;
      return newest.value && hand.stageOf(newest.value).kind;
    };
    expect(stage()).toBe("sent");
    const event = { id: 1, port: 5000, label: "by hand 1", queued: 10 };
    host.emit([event]);
    expect(stage()).toBe("in the backlog");
    host.emit([{ ...event, pid: 41, accepted: 20 }]);
    expect(stage()).toBe("taken");
    host.emit([{ ...event, pid: 41, tid: 43, accepted: 20, firstByte: 30 }]);
    expect(stage()).toBe("answering");
    answers[0]?.resolve(hello);
    await settled();
    expect(hand.newest.value?.exchange).toMatchObject({ kind: "answered", response: { status: 200 } });
    expect(stage()).toBe("over");
  });

  it("stay in the list while they are under way, and the last few after that", async () => {
    const { hand, answers } = await listening();
    for (let click = 0; click < 9; click += 1) hand.send();
    expect(hand.requests.value).toHaveLength(9);
    for (const answer of answers) answer.resolve(hello);
    await settled();
    hand.send();
    expect(hand.requests.value.map(({ number }) => number)).toEqual([5, 6, 7, 8, 9, 10]);
  });

  it("are not sent where that makes no sense, and it is said why", async () => {
    const { hand, side } = await listening();
    hand.path.value = "slow";
    expect(hand.send()).toBe(false);
    expect(hand.notSent.value).toBe("bad path");
    hand.path.value = "/";
    for (let click = 0; click < 50; click += 1) hand.send();
    expect(hand.send()).toBe(false);
    expect(hand.notSent.value).toBe("too many");
    hand.forget();
    await side.stop();
    expect(hand.send()).toBe(false);
    expect(hand.notSent.value).toBe("not running");
    expect(hand.path.value).toBe("/slow");
  });
});
