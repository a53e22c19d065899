import { decompress } from "fzstd";
import type { DeliveredPart } from "./image.ts";

/** A part of the image, unpacked. Throws where the bytes are not what was compressed. */
export async function unpack(part: DeliveredPart): Promise<Blob> {
  if ("unpacked" in part) return part.unpacked;
  const bytes = new Uint8Array(part.size);
  decompress(new Uint8Array(await part.compressed.arrayBuffer()), bytes);
  return new Blob([bytes]);
}
