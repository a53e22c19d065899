import fc from "fast-check";
import { expect, it } from "vitest";
import { hostileText, inTime, type Language } from "../testing/hostile-text.ts";
import { CookieJar } from "./cookie-jar.ts";

const cookie: Language = {
  tokens: [
    ...[
      "=",
      ";",
      "; ",
      ",",
      " ",
      "\t",
      "Path=/",
      "Domain=",
      "localhost",
      ".localhost",
      "Max-Age=",
      "-1",
      "9".repeat(400),
    ],
    ...["Expires=", "Wed, 21 Oct 2026 07:28:00 GMT", "Secure", "HttpOnly", "SameSite=None", '"', "\r\n", "\0"],
  ],
  brackets: [
    [";Path=/", ""],
    ["=", "="],
    [" ", " "],
  ],
  valid: [
    "session=abc.def; Path=/; HttpOnly; SameSite=Lax",
    "a=b; Domain=localhost; Max-Age=60; Expires=Wed, 21-Oct-2026 07:28:00 GMT",
  ],
};

it("a jar takes any header, in time, and sends no line that would end a request's", () => {
  const jar = new CookieJar();
  const places = [
    { host: "localhost", path: "/" },
    { host: "a.localhost", path: "/deep/page?x=1" },
    { host: "", path: "" },
  ];
  fc.assert(
    fc.property(hostileText(cookie), fc.constantFrom(...places), fc.boolean(), (header, place, script) => {
      inTime(() => {
        jar.set(header, place, script);
        jar.setAll([["Set-Cookie", header]], place);
        expect(`${jar.header(place)}${jar.forScript(place)}`).not.toMatch(/[\r\n\0]/);
      });
      expect(jar.all().length).toBeLessThanOrEqual(150);
    }),
    { numRuns: 400 },
  );
});
