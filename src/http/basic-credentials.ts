/** The value of `Authorization` for `user:password` (RFC 7617). */
export function basicCredentials(user: string): string {
  return `Basic ${btoa(Array.from(new TextEncoder().encode(user), (byte) => String.fromCharCode(byte)).join(""))}`;
}
