/** How the disc lies on a host: read by the page and by the scripts that make it. */

/** Bytes of one part of the disc: what is fetched when the guest reads something of it. */
export const partSize = 1 << 18;

/** A file below `machine/linux/`, with its size in bytes. */
export interface ImageFile {
  readonly file: string;
  readonly size: number;
}
