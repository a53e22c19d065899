import type { BurstModel, OpenModel } from "./plan.ts";
import { exponential, type Random } from "./random.ts";

/** A stretch of time in which the rate changes in a straight line. */
interface RateSegment {
  /** Milliseconds. */
  readonly length: number;
  /** Readers a millisecond at its beginning and end. */
  readonly from: number;
  readonly to: number;
}

/** The moments at which readers come, in milliseconds from the start, ascending, all before `duration`. */
export function arrivals(model: OpenModel, duration: number, random: Random): Generator<number, void> {
  switch (model.kind) {
    case "constant":
      return evenly([stretch(duration, model.rate, model.rate)]);
    case "poisson":
      return poisson(model.rate / 1000, duration, random);
    case "ramp":
      return evenly([stretch(duration, model.from, model.to)]);
    case "steps":
      return evenly(model.rates.map((rate) => stretch(duration / model.rates.length, rate, rate)));
    case "burst":
      return merged(evenly([stretch(duration, model.rate, model.rate)]), bursts(model, duration));
  }
}

/** How many readers a model brings in `duration` milliseconds; for Poisson arrivals, on average. */
export function expectedArrivals(model: OpenModel, duration: number): number {
  const seconds = duration / 1000;
  switch (model.kind) {
    case "constant":
    case "poisson":
      return model.rate * seconds;
    case "ramp":
      return ((model.from + model.to) / 2) * seconds;
    case "steps":
      return (model.rates.reduce((sum, rate) => sum + rate, 0) / model.rates.length) * seconds;
    case "burst":
      return model.rate * seconds + model.size * burstsIn(model, duration);
  }
}

function stretch(length: number, from: number, to: number): RateSegment {
  return { length, from: from / 1000, to: to / 1000 };
}

/** Reader number k (from 0) comes when the rates have added up to k. */
function* evenly(stretches: readonly RateSegment[]): Generator<number, void> {
  let begin = 0;
  let before = 0;
  let next = 0;
  for (const { length, from, to } of stretches) {
    const within = ((from + to) / 2) * length;
    for (; next < before + within - 1e-9; next++) {
      const at = begin + timeToReach(Math.max(0, next - before), from, (to - from) / length);
      yield Math.min(at, begin + length);
    }
    begin += length;
    before += within;
  }
}

/** When `rate · t + slope · t² / 2` reaches `count`, in the form that stays exact for small slopes. */
function timeToReach(count: number, rate: number, slope: number): number {
  if (count === 0) return 0;
  return (2 * count) / (rate + Math.sqrt(Math.max(0, rate * rate + 2 * slope * count)));
}

function* poisson(rate: number, duration: number, random: Random): Generator<number, void> {
  if (rate <= 0) return;
  for (let at = exponential(random, 1 / rate); at < duration; at += exponential(random, 1 / rate)) yield at;
}

/** How many bursts begin before the end. */
function burstsIn({ every, first = every }: BurstModel, duration: number): number {
  return Math.max(0, Math.ceil((duration - first) / every));
}

function* bursts({ size, every, first = every }: BurstModel, duration: number): Generator<number, void> {
  for (let burst = 0; first + burst * every < duration; burst++) {
    for (let reader = 0; reader < size; reader++) yield first + burst * every;
  }
}

function* merged(one: Generator<number, void>, other: Generator<number, void>): Generator<number, void> {
  let a = one.next();
  let b = other.next();
  while (!a.done || !b.done) {
    if (!a.done && (b.done || a.value <= b.value)) {
      yield a.value;
      a = one.next();
    } else if (!b.done) {
      yield b.value;
      b = other.next();
    }
  }
}
