import { describe, expect, it } from "vitest";
import type { ProcessInfo } from "../../machine/machine.ts";
import { countUp, divide, expectedWorkers } from "./workforce.ts";

const process = (pid: number, parent: number, state: ProcessInfo["state"] = "waiting"): ProcessInfo => ({
  pid,
  parent,
  state,
  title: "server",
  started: 0,
  requests: 0,
});
const pids = (list: readonly ProcessInfo[]) => list.map(({ pid }) => pid);

describe("divide", () => {
  it("takes a single process for its own worker", () => {
    const { mains, workers } = divide([process(41, 1)], undefined);
    expect([pids(mains), pids(workers)]).toEqual([[], [41]]);
  });

  it("tells a master from its workers", () => {
    const { mains, workers } = divide([process(51, 1), process(53, 51), process(52, 51, "starting")], undefined);
    expect([pids(mains), pids(workers)]).toEqual([[51], [52, 53]]);
    expect(countUp(workers)).toBe(1);
  });

  it("knows a master before it has a child, and after its last one died", () => {
    expect(pids(divide([process(51, 1)], 51).mains)).toEqual([51]);
    const { mains, workers } = divide([process(51, 1), process(52, 51, "zombie")], 51);
    expect([pids(mains), pids(workers), countUp(workers)]).toEqual([[51], [52], 0]);
  });
});

describe("a unit's journal that is followed in the foreground", () => {
  it("is no worker, and no main process either", () => {
    const journal = { ...process(65, 1), title: "journalctl --follow --lines=20 --unit=shop" };
    const { mains, workers } = divide([journal, process(88, 1), process(89, 88)], 65);
    expect([pids(mains), pids(workers)]).toEqual([[88], [89]]);
    const path = { ...process(66, 1), title: "/usr/bin/tail -f log" };
    expect(divide([path], undefined).workers).toEqual([]);
  });
});

it("what multiprocessing starts to tidy up behind a server's processes is no worker", () => {
  const tracker = {
    ...process(92, 91),
    title: "/usr/local/bin/python -c from multiprocessing.resource_tracker import main;main(6)",
  };
  const { mains, workers } = divide([process(91, 1), tracker, process(93, 91)], 91);
  expect([pids(mains), pids(workers)]).toEqual([[91], [93]]);
});

describe("expectedWorkers", () => {
  it("reads the options in all their spellings", () => {
    const asked = (line: string) => expectedWorkers(line.split(" "));
    expect(asked("gunicorn -w 4 app:app")).toBe(4);
    expect(asked("gunicorn -w2 app:app")).toBe(2);
    expect(asked("gunicorn --workers 3 app:app")).toBe(3);
    expect(asked("gunicorn --workers=5 --worker-class=sync app:app")).toBe(5);
    expect(asked("gunicorn app:app")).toBe(1);
    expect(asked("uwsgi --http :8000 --processes 4 --threads 2")).toBe(4);
    expect(asked("flask run")).toBeUndefined();
    expect(asked("uvicorn app:app")).toBeUndefined();
    expect(asked("uvicorn app:app --workers 1")).toBeUndefined();
    expect(asked("uvicorn --workers=3 app:app")).toBe(3);
    expect(asked("uvicorn --reload app:app")).toBe(1);
    expect(asked("hypercorn app:app")).toBe(1);
    expect(asked("hypercorn -w 2 app:app")).toBe(2);
  });
});
