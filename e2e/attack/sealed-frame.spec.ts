// @project beside
/** Whatever runs in the frame of a machine, or in a process, finds no WebRTC: no policy would stop it. */
import type { Frame } from "@playwright/test";
import { relayServers } from "../../testing/browser/attacker.ts";
import { expect, test } from "../../testing/browser/machine.ts";

/** Every place in which a constructor could stand, and a connection from each that has one. */
function connect({ stun, turn }: { stun: number; turn: number }): Promise<Readonly<Record<string, string>>> {
  const framed = (tag: string, document: Document) => {
    const frame = document.createElement(tag);
    document.body.append(frame);
    return document.defaultView?.[document.defaultView.length - 1];
  };
  const page = globalThis.document;
  const places: Readonly<Record<string, () => unknown>> = {
    window: () => globalThis,
    parent: () => Reflect.get(parent, "RTCPeerConnection") && parent,
    frame: () => framed("iframe", page),
    "frame of a text": () => {
      const frame = page.createElement("iframe");
      frame.srcdoc = "<p>x</p>";
      page.body.append(frame);
      return frame.contentWindow;
    },
    object: () => framed("object", page),
    "window of its own": () => open("about:blank"),
  };
  const outcomes: Record<string, string> = {};
  for (const [name, place] of Object.entries(places)) {
    try {
      const found: unknown = place();
      const Connection: unknown = found && Reflect.get(Object(found), "RTCPeerConnection");
      if (typeof Connection !== "function") {
        outcomes[name] = "none";
        continue;
      }
      outcomes[name] = "REACHED";
      const urls = [`stun:127.0.0.1:${stun}`, `turn:127.0.0.1:${turn}?transport=tcp`];
      const configuration = { iceServers: [{ urls, username: "u", credential: "p" }], iceCandidatePoolSize: 4 };
      const connection: RTCPeerConnection = Reflect.construct(Connection, [configuration]);
      connection.createDataChannel("x");
      void connection.createOffer().then((offer) => connection.setLocalDescription(offer));
    } catch (error) {
      outcomes[name] = error instanceof Error ? error.name : String(error);
    }
  }
  return new Promise((resolve) => setTimeout(() => resolve(outcomes), 300));
}

// [threat: app-code-network]
test("no code of a machine finds WebRTC, and nothing reaches a STUN or TURN server", async ({ computer, machine }) => {
  const relays = await relayServers();
  const { page } = machine;
  const sealed: Frame[] = page.frames().filter((frame) => frame.parentFrame()?.url().endsWith("/machine/frame.html"));
  expect(sealed).toHaveLength(1);
  for (const frame of sealed) {
    const outcomes = await frame.evaluate(connect, { stun: relays.stun, turn: relays.turn });
    expect(outcomes["window"]).toBe("none");
    expect(Object.values(outcomes), JSON.stringify(outcomes)).not.toContain("REACHED");
  }
  const look = `import js; print(js.Function.new("return typeof RTCPeerConnection + typeof webkitRTCPeerConnection")())`;
  expect(await computer.python(look)).toBe("undefinedundefined\n");
  expect(relays.heard()).toBe(0);
  // So that the test can fail: in the page around it the same finds a way.
  const around = await page.evaluate(connect, { stun: relays.stun, turn: relays.turn });
  expect(around["window"]).toBe("REACHED");
  await expect.poll(() => relays.heard()).toBeGreaterThan(0);
  relays.close();
});
