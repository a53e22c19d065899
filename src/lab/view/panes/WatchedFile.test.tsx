// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, expect, it, vi } from "vitest";
import { SideSession } from "../../side/side-session.ts";
import { ScriptedHost, ScriptedMachine } from "../../testing/scripted-machine.ts";
import { WatchedFile } from "./WatchedFile.tsx";

const file = "/home/student/sent.txt";

function show() {
  const side = new SideSession("production", { title: "Production server", command: "gunicorn app:app" });
  const host = new ScriptedHost("production", new ScriptedMachine({}));
  const root = document.createElement("div");
  document.body.append(root);
  render(<WatchedFile side={side} path="sent.txt" />, root);
  const text = () => root.querySelector("[role=log]")?.textContent;
  const count = () => root.querySelector(".lab-watched-count")?.textContent?.trim();
  return { side, host, root, text, count };
}

afterEach(() => {
  document.body.replaceChildren();
});

it("shows what a side's programs write, line by line, and says how many lines there are", async () => {
  const { side, host, root, text, count } = show();
  await vi.waitFor(() => expect(text()).toBe("There is no such file yet."));
  expect(root.querySelector("h4")?.getAttribute("aria-label")).toBe("sent.txt of the production server");
  side.attach(host, () => 0);
  host.change(file, "one\n");
  await vi.waitFor(() => expect([text(), count()]).toEqual(["one", "1 line"]));
  host.change(file, "one\ntwo <b>\n");
  await vi.waitFor(() => expect([text(), count()]).toEqual(["one\ntwo <b>", "2 lines"]));
  host.change(file, "");
  await vi.waitFor(() => expect([text(), count()]).toEqual(["", "0 lines"]));
  host.remove(file);
  await vi.waitFor(() => expect(text()).toBe("There is no such file yet."));
});

it("shows the end of a long file, and counts all of it", async () => {
  const { side, host, text, count } = show();
  side.attach(host, () => 0);
  host.change(file, Array.from({ length: 1000 }, (_, line) => `mail ${line + 1}\n`).join(""));
  await vi.waitFor(() => expect(count()).toBe("1,000 lines"));
  expect(text()?.split("\n")).toHaveLength(200);
  expect(text()).toMatch(/^mail 801\n[\s\S]*\nmail 1000$/);
});

it("looks at no other file, and at none of a machine that is gone", async () => {
  const { side, host, text } = show();
  side.attach(host, () => 0);
  host.change(file, "one\n");
  await vi.waitFor(() => expect(text()).toBe("one"));
  const read = vi.spyOn(host, "readFile");
  host.change("/home/student/app.py", "app = 1\n");
  host.change("/tmp/sent.txt", "another\n");
  side.detach();
  host.change(file, "one\ntwo\n");
  expect(read).not.toHaveBeenCalled();
});
