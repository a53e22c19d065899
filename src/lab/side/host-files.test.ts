import { describe, expect, it } from "vitest";
import type { LabAsset, LabFile } from "../../lab-definition/schema.ts";
import { ScriptedMachine } from "../testing/scripted-machine.ts";
import { HostFiles } from "./host-files.ts";

const home = "/home/student";
const app: LabFile = { path: "app.py", text: "app = 1\n" };
const view: LabFile = { path: "shop/views.py", text: "view = 1\n" };
const logo: LabAsset = { path: "logo.png", bytes: new Uint8Array([0x89, 0, 255]) };

async function begun() {
  const host = await new ScriptedMachine({}).host("development");
  const files = new HostFiles(home);
  await files.putInPlace(host, [app, view], [logo]);
  return { host, files };
}

describe("HostFiles", () => {
  it("writes texts and bytes", async () => {
    const { host } = await begun();
    expect(await host.listFiles()).toEqual([`${home}/app.py`, `${home}/logo.png`, `${home}/shop/views.py`]);
    expect(await host.readFile(`${home}/logo.png`)).toEqual(logo.bytes);
  });

  it("removes what the editor has no more, after a reset of the host, too, and nothing of others", async () => {
    const { host, files } = await begun();
    await host.writeFile(`${home}/made-by-the-app.db`, "x");
    files.forget();
    await files.putInPlace(host, [app]);
    expect(await host.listFiles()).toEqual([`${home}/app.py`, `${home}/made-by-the-app.db`]);
    await files.putInPlace(host, [app, view]);
    expect(await host.listFiles()).toContain(`${home}/shop/views.py`);
  });
});
