/** The scale of a chart: round numbers, the same for both sides. */

const steps = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];

/** The round number at or above `value` that an axis ends with. */
export function niceCeiling(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = steps.find((factor) => factor * power >= value * (1 - 1e-9)) ?? 10;
  return step * power;
}
