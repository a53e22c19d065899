/** A page that frames ours. */
import { createServer } from "node:http";

/** A page of another origin with this HTML, as a course system serves it: for real, because browsers keep made-up hosts away. */
export async function coursePage(html: string): Promise<{ url: string; close: () => void }> {
  const server = createServer((_, response) => {
    response.writeHead(200, { "Content-Type": "text/html" }).end(`<!doctype html><title>Course</title>${html}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The course page has no port.");
  return { url: `http://localhost:${address.port}/`, close: () => server.close() };
}
