/**
 * A load test as a program: `node load.cjs <plan.json> <port>`. Asks the port as the plan says and prints ticks, then
 * the report, as JSON lines. `stop` on its input ends the run.
 */
import { readFileSync } from "node:fs";
import { HttpRequester } from "../../../http/http-requester.ts";
import { PlanError } from "../../../load/check-plan.ts";
import { startLoad } from "../../../load/generator.ts";
import type { ConnectionEvent, LoadMessage } from "../messages.ts";
import { nodeClock } from "./node-clock.ts";
import { connectTcp } from "./tcp-connection.ts";
import { Batch, tell } from "./tell.ts";

const batchEvery = 25;

const send = (message: LoadMessage) => tell(process.stdout, message);

/** Ends when everything that was said is on its way. */
function leave(): void {
  process.stdin.destroy();
  process.stdout.write("", () => process.exit(0));
}

function run(planFile: string, port: number): void {
  const connections = new Batch<ConnectionEvent>(
    (list) => send({ load: "connections", connections: list }),
    batchEvery,
  );
  const requester = new HttpRequester((to) => connectTcp(to, (news) => connections.add(news)), port);
  const load = startLoad(JSON.parse(readFileSync(planFile, "utf8")), { clock: nodeClock, requester });
  load.onTick((tick) => send({ load: "tick", tick }));
  process.stdin.on("data", (typed) => {
    if (String(typed).includes("stop")) load.stop();
  });
  process.stdin.on("error", () => {});
  load.report.then((report) => {
    connections.flush();
    send({ load: "report", report });
    leave();
  });
}

const [, , planFile = "", port = ""] = process.argv;
try {
  run(planFile, Number(port));
} catch (error) {
  if (!(error instanceof PlanError)) throw error;
  send({ load: "refused", reason: error.message });
  leave();
}
