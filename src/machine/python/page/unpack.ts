import { decompress } from "fzstd";

/** A part as the page hands it to the frame: as it came (compressed by zstd), or unpacked at an earlier visit. */
export type DeliveredPart = { readonly compressed: Blob; readonly size: number } | { readonly unpacked: Blob };

/** A part of the image, unpacked. Throws where the bytes are not what was compressed. */
export async function unpack(part: DeliveredPart): Promise<Blob> {
  if ("unpacked" in part) return part.unpacked;
  const bytes = new Uint8Array(part.size);
  decompress(new Uint8Array(await part.compressed.arrayBuffer()), bytes);
  return new Blob([bytes]);
}
