/** The bytes of a request: its first line, headers in this order, and a body. */
export function requestBytes(
  firstLine: string,
  headers: readonly (readonly [name: string, value: string])[],
  body: Uint8Array | undefined,
): Uint8Array {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const head = new TextEncoder().encode(`${firstLine}\r\n${lines}\r\n`);
  if (body === undefined) return head;
  const whole = new Uint8Array(head.length + body.length);
  whole.set(head);
  whole.set(body, head.length);
  return whole;
}

/** The headers of a tool, with those that the command line gives (`Name: value`) in place of those of the same name, or after them. */
export function withGiven(
  own: readonly (readonly [string, string])[],
  given: readonly string[],
): readonly (readonly [string, string])[] {
  const theirs = given.map((line): readonly [string, string] => {
    const colon = line.indexOf(":");
    return colon === -1 ? [line.trim(), ""] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  const same = (name: string) => (other: readonly [string, string]) => other[0].toLowerCase() === name.toLowerCase();
  return [...own.filter(([name]) => !theirs.some(same(name))), ...theirs];
}
