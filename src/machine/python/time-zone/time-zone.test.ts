/** Time zones as `TZ` names them, held against what `date` and Python say natively (Debian 12, tzdata 2025b). */
import { expect, test } from "vitest";
import { TimeZone } from "./time-zone.ts";

const winter = Date.UTC(2026, 0, 15, 12);
const summer = Date.UTC(2026, 6, 15, 12);

test.each([
  ["UTC", "UTC 0", "UTC 0"],
  ["", "UTC 0", "UTC 0"],
  ["GMT", "GMT 0", "GMT 0"],
  ["America/New_York", "EST -5", "EDT -4 summer"],
  [":Europe/Berlin", "CET 1", "CEST 2 summer"],
  ["Europe/London", "GMT 0", "BST 1 summer"],
  ["Europe/Dublin", "GMT 0", "IST 1 summer"],
  ["Asia/Kolkata", "IST 5.5", "IST 5.5"],
  ["Asia/Tokyo", "JST 9", "JST 9"],
  ["Asia/Kathmandu", "+0545 5.75", "+0545 5.75"],
  ["America/Sao_Paulo", "-03 -3", "-03 -3"],
  ["Australia/Sydney", "AEDT 11 summer", "AEST 10"],
  ["Etc/GMT+5", "-05 -5", "-05 -5"],
  ["EST5EDT", "EST -5", "EDT -4 summer"],
  ["EST5EDT,M3.2.0,M11.1.0", "EST -5", "EDT -4 summer"],
  ["AEST-10AEDT,M10.1.0,M4.1.0/3", "AEDT 11 summer", "AEST 10"],
  ["<+0330>-3:30", "+0330 3.5", "+0330 3.5"],
  ["XXX3", "XXX -3", "XXX -3"],
  ["Nowhere/City", "Nowhere 0", "Nowhere 0"],
  ["+05:00", "UTC 0", "UTC 0"],
])("%s is %s in January and %s in July", (variable, january, july) => {
  const said = (time: number) => {
    const { name, offset, isSummer } = TimeZone.of(variable).at(time);
    return `${name} ${offset / 3600}${isSummer ? " summer" : ""}`;
  };
  expect([said(winter), said(summer)]).toEqual([january, july]);
});

test.each(["America/New_York", "EST5EDT,M3.2.0,M11.1.0"])(
  "in %s clocks are put forward and back at the right second",
  (variable) => {
    const zone = TimeZone.of(variable);
    const forward = Date.UTC(2026, 2, 8, 7);
    expect([zone.at(forward - 1000).name, zone.at(forward).name]).toEqual(["EST", "EDT"]);
    const back = Date.UTC(2026, 10, 1, 6);
    expect([zone.at(back - 1000).name, zone.at(back).name]).toEqual(["EDT", "EST"]);
    // 1:30 is shown twice, 2:30 in March never.
    const twice = Date.UTC(2026, 10, 1, 1, 30);
    expect(zone.whenShown(twice, true)).toBe(Date.UTC(2026, 10, 1, 5, 30));
    expect(zone.whenShown(twice, false)).toBe(Date.UTC(2026, 10, 1, 6, 30));
    expect(zone.whenShown(Date.UTC(2026, 2, 8, 2, 30))).toBe(Date.UTC(2026, 2, 8, 7, 30));
    // Noon in January, meant as summer time.
    expect(zone.whenShown(winter, true)).toBe(winter + 4 * 3_600_000);
    expect(zone.whenShown(winter)).toBe(winter + 5 * 3_600_000);
  },
);
