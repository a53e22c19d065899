/** Checksums of files as browsers write them in `integrity`: `sha256-…`, in base64. */

/** Whether these bytes are those of a checksum. */
export async function hasIntegrity(bytes: ArrayBuffer, integrity: string): Promise<boolean> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return integrity === `sha256-${btoa(String.fromCharCode(...digest))}`;
}
