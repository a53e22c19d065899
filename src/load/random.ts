/** A stream of numbers in [0, 1), evenly distributed, the same for the same seed. */
export type Random = () => number;

/** What a run draws numbers for. Each has a stream of its own, so that none shifts another's. */
const purposes = ["arrivals", "mix", "start", "patience", "faults"] as const;

/**
 * The stream of a seed (32 bits, unsigned) for one purpose: splitmix32, Steele and others' SplitMix (2014) with 32-bit
 * constants. Ten lines, statistically sound for the million numbers that a run draws; not for secrets.
 */
export function randomStream(seed: number, purpose: (typeof purposes)[number]): Random {
  let state = scramble(scramble(seed) + purposes.indexOf(purpose));
  return () => {
    state = (state + 0x9e3779b9) | 0;
    return scramble(state) / 2 ** 32;
  };
}

function scramble(number: number): number {
  let bits = number ^ (number >>> 16);
  bits = Math.imul(bits, 0x21f0aaad);
  bits ^= bits >>> 15;
  bits = Math.imul(bits, 0x735a2d97);
  return (bits ^ (bits >>> 15)) >>> 0;
}

/** One number of the exponential distribution with this mean. */
export function exponential(random: Random, mean: number): number {
  return -Math.log(1 - random()) * mean;
}
