/**
 * Stands in for the page's chunk that opens machines: servers whose requests go on only when the test says so, by
 * `globalThis["request to development"]`.
 */
import { type ProgramLife, ScriptedMachine } from "../../src/lab/testing/scripted-machine.ts";
import type { HttpResponse, Machine, MachineKind, RequestEvent } from "../../src/machine/machine.ts";

function server(port: number): (life: ProgramLife) => void {
  return ({ pid, set, listen }) => {
    set(pid, { state: "waiting" });
    listen(port);
  };
}

const ok: HttpResponse = { version: "1.1", status: 200, reason: "OK", headers: [], body: new Uint8Array() };

/** Takes the place of `open` in `machine/open.ts`. */
export async function open(_kind: MachineKind): Promise<Machine> {
  const machine = new ScriptedMachine({ python: server(8001), gunicorn: server(8000) });
  for (const name of ["development", "production"]) {
    const host = await machine.host(name);
    let last = 0;
    host.answer = (port, { path, label = "" }) => {
      last += 1;
      const id = last;
      const answer = Promise.withResolvers<HttpResponse>();
      const tell = (known: Partial<RequestEvent>) => host.emit([{ id, port, path, label, queued: 1000, ...known }]);
      Reflect.set(globalThis, `request to ${name}`, { tell, answer: () => answer.resolve(ok) });
      tell({});
      return answer.promise;
    };
  }
  return machine;
}
