/**
 * Serves `dist/` as any plain static host would, without special headers. With `--isolate` it sends those that the Node
 * machine's pages need, as a host can that reads `src/service-worker/isolation.ts`.
 *
 *     node scripts/serve.ts [--port 4321] [--base /some/course/] [--isolate]
 */
import { parseArgs } from "node:util";
import { serveSite } from "./site-server.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4321" },
    base: { type: "string", default: "/" },
    isolate: { type: "boolean", default: false },
  },
});
try {
  const { port } = await serveSite({ ...values, port: Number(values.port) });
  console.log(`\nTwo Servers is ready at http://localhost:${port}${values.base}\nPress Ctrl+C to stop.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
