import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Errno } from "../errno.ts";
import { decoded, encoded } from "../testing/computer.ts";
import { StreamEnd } from "./stream.ts";

/** Writes down what it is told. */
function watch(end: StreamEnd) {
  const heard = { readable: 0, writable: 0, broken: [] as Errno[] };
  end.watcher = {
    readable: () => {
      heard.readable += 1;
    },
    writable: () => {
      heard.writable += 1;
    },
    broken: (errno) => void heard.broken.push(errno),
  };
  return heard;
}

describe("a stream", () => {
  test("carries bytes both ways and tells the reader", () => {
    const [one, other] = StreamEnd.pair(1024);
    const heard = watch(other);
    one.send(encoded("a"));
    one.send(encoded("b"));
    expect(heard.readable).toBe(2);
    expect(decoded(other.read())).toBe("ab");
    expect(other.readable).toBe(false);
    other.send(encoded("c"));
    expect(decoded(one.read())).toBe("c");
  });

  test("wakes a writer only when there is ample room again", () => {
    const [one, other] = StreamEnd.pair(100);
    const heard = watch(one);
    one.send(new Uint8Array(100));
    expect(one.credit).toBe(0);
    expect(one.writable).toBe(false);
    other.read();
    expect(heard.writable).toBe(1);
    expect(one.credit).toBe(100);
  });

  test("half-closed, still carries the other direction", () => {
    const [one, other] = StreamEnd.pair(100);
    one.send(encoded("last"));
    one.shutdown("write");
    expect(one.send(encoded("more"))).toBe("EPIPE");
    expect(decoded(other.read())).toBe("last");
    expect(other.ended).toBe(true);
    other.send(encoded("answer"));
    expect(decoded(one.read())).toBe("answer");
  });

  test("closed in peace, ends; bytes sent to the closed end break it one step later", () => {
    const [one, other] = StreamEnd.pair(100);
    const heard = watch(other);
    one.close();
    expect(other.ended).toBe(true);
    expect(other.send(encoded("first"))).toBeUndefined();
    expect(heard.broken).toEqual(["EPIPE"]);
    expect(other.send(encoded("second"))).toBe("EPIPE");
  });

  test("closed with bytes that nobody read, is reset; what came before can still be read", () => {
    const [one, other] = StreamEnd.pair(100);
    const heard = watch(other);
    one.send(encoded("answer"));
    other.send(encoded("never read"));
    one.close();
    expect(heard.broken).toEqual(["ECONNRESET"]);
    expect(decoded(other.read())).toBe("answer");
    expect(other.ended).toBe(false);
    expect(other.failure).toBe("ECONNRESET");
  });

  test("closed by an owner who holds unread bytes, is reset", () => {
    const [one, other] = StreamEnd.pair(100);
    const heard = watch(other);
    one.close(true);
    expect(heard.broken).toEqual(["ECONNRESET"]);
  });

  test("no longer read, drops what comes", () => {
    const [one, other] = StreamEnd.pair(100);
    one.shutdown("read");
    expect(other.send(encoded("lost"))).toBeUndefined();
    expect(one.ended).toBe(true);
    expect(one.read()).toBeUndefined();
  });

  test("loses, doubles and reorders nothing, whatever the chunks", () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant("send" as const), size: fc.nat(40) }),
      fc.constant({ kind: "read" as const }),
      fc.record({ kind: fc.constant("unread" as const), size: fc.nat(40) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const [one, other] = StreamEnd.pair(64);
        const received: number[] = [];
        let sent = 0;
        const read = () => received.push(...(other.read() ?? []));
        const send = (most: number) => {
          const size = Math.min(most, one.credit);
          one.send(Uint8Array.from({ length: size }, (_, index) => (sent + index) % 251));
          sent += size;
        };
        for (const step of steps) {
          if (step.kind === "read") read();
          else if (step.kind === "send") send(step.size);
          else {
            const back = other.read();
            send(Math.min(step.size, 64 - (back?.byteLength ?? 0)));
            if (back !== undefined) other.unread(back);
          }
          expect(other.waiting).toBeLessThanOrEqual(64);
        }
        one.close();
        expect(other.ended).toBe(true);
        read();
        expect(received).toEqual(Array.from({ length: sent }, (_, index) => index % 251));
      }),
    );
  });
});
