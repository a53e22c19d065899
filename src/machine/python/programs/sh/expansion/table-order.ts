/**
 * The order in which bash goes through an array whose keys are texts: that of its hash table, which scripts see wherever
 * they loop over such an array without sorting it. It hashes a key by FNV-1 over 32 bits, begins with 1,024 rows, and has
 * four times as many once it holds more than two elements a row; within a row the newest stands first.
 */

const offset = 2_166_136_261;
const prime = 16_777_619;
const fewestRows = 1024;

function hashOf(key: string): number {
  let hash = offset;
  for (const byte of new TextEncoder().encode(key)) hash = (Math.imul(hash, prime) ^ byte) >>> 0;
  return hash;
}

/** The elements of such an array, which come in the order in which they were made. */
export function inTableOrder(elements: ReadonlyMap<string, string>): (readonly [key: string, text: string])[] {
  let rows = fewestRows;
  while (elements.size > 2 * rows) rows *= 4;
  return Array.from(elements, (element, age) => ({ element, age, row: hashOf(element[0]) % rows }))
    .sort((a, b) => a.row - b.row || b.age - a.age)
    .map(({ element }) => element);
}
