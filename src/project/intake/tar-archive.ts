/** The files of a tar or tar.gz, inflated only as far as the limit goes. */
import { createTarDecoder } from "modern-tar";
import { type Incoming, IntakeError, type IntakeLimits } from "./intake-result.ts";
import { leftOutByName } from "./path-rules.ts";

/** Bytes that belong to no file: headers and padding. */
const overhead = 10_000_000;

/** Reads a tar. Rejects with `IntakeError`. What is left out by its name is not kept in memory. */
export async function readTar(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  limits: IntakeLimits,
): Promise<readonly Incoming[]> {
  const found: Incoming[] = [];
  try {
    const entries = plain(name, bytes, limits)
      .pipeThrough(createTarDecoder({ strict: true }))
      .getReader();
    for (;;) {
      const { done, value } = await entries.read();
      if (done) return found;
      const { header, body } = value;
      if (found.length >= limits.names) throw new IntakeError({ kind: "too many names", limit: limits.names });
      const isFile = header.type === undefined || header.type === "file";
      const wanted = isFile && leftOutByName(header.name) === undefined;
      const content = wanted ? new Uint8Array(await new Response(body).arrayBuffer()) : undefined;
      if (content === undefined) await body.cancel();
      if (header.type === "directory") continue;
      found.push({
        path: header.name,
        size: header.size,
        ...(!isFile && { special: header.type === "symlink" || header.type === "link" ? "link" : "special file" }),
        read: async () => content ?? new Uint8Array(),
      });
    }
  } catch (error) {
    throw error instanceof IntakeError ? error : new IntakeError({ kind: "damaged archive", name });
  }
}

function plain(name: string, bytes: Uint8Array<ArrayBuffer>, limits: IntakeLimits): ReadableStream<Uint8Array> {
  const gzipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const whole = new Blob([bytes]).stream();
  // What a project leaves out is often larger than the project.
  const most = limits.allBytes * 10 + overhead;
  let size = 0;
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      size += chunk.byteLength;
      if (size > most) throw new IntakeError({ kind: "bomb", name, limit: most });
      controller.enqueue(chunk);
    },
  });
  return (gzipped ? whole.pipeThrough(new DecompressionStream("gzip")) : whole).pipeThrough(counted);
}
