import { describe, expect, it } from "vitest";
import { formatCount, formatFigure, formatLive, formatRate, formatTime, noFigure } from "./number-format.ts";

describe("figures", () => {
  it("have at most three significant digits", () => {
    expect(formatFigure(1953.4)).toBe("1,950");
    expect(formatFigure(78)).toBe("78");
    expect(formatFigure(9.7345)).toBe("9.73");
    expect(formatFigure(0.00012345)).toBe("0.000123");
  });

  it("are a dash where there is none", () => {
    expect(formatFigure(undefined)).toBe(noFigure);
    expect(formatRate(Number.NaN)).toBe(noFigure);
    expect(formatTime(undefined)).toBe(noFigure);
    expect(formatLive(Number.POSITIVE_INFINITY)).toBe(noFigure);
  });

  it("carry their unit", () => {
    expect(formatRate(39.24)).toBe("39.2\u00a0/s");
    expect(formatTime(102.4)).toBe("102\u00a0ms");
    expect(formatTime(999.4)).toBe("999\u00a0ms");
    expect(formatTime(999.6)).toBe("1\u00a0s");
    expect(formatTime(1234)).toBe("1.23\u00a0s");
    expect(formatTime(0)).toBe("0\u00a0ms");
  });

  it("counts keep every digit", () => {
    expect(formatCount(12345)).toBe("12,345");
  });

  it("live figures keep their width within a magnitude", () => {
    expect([9, 9.1, 9.12].map(formatLive)).toEqual(["9.00", "9.10", "9.12"]);
    expect([98, 98.76].map(formatLive)).toEqual(["98.0", "98.8"]);
    expect([99.96, 1234].map(formatLive)).toEqual(["100", "1,230"]);
  });
});
