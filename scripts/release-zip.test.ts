import { unzipSync } from "fflate";
import { expect, it } from "vitest";
import { largestOf, releaseZip } from "./release-zip.ts";

const text = (words: string) => new TextEncoder().encode(words);

it("is the same whatever order files were found in, and holds them", () => {
  const files = [
    ["index.html", text("page")],
    [".htaccess", text("rules")],
    ["machine/a.0123456789ab.bin", text("part")],
  ] as const;
  const zip = releaseZip(new Map(files));
  expect(releaseZip(new Map([...files].reverse()))).toEqual(zip);
  const held = Object.entries(unzipSync(zip)).map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]);
  expect(Object.fromEntries(held)).toEqual({
    "index.html": "page",
    ".htaccess": "rules",
    "machine/a.0123456789ab.bin": "part",
  });
});

it("tells which file a host could find too large", () => {
  expect(
    largestOf(
      new Map([
        ["a", text("12")],
        ["b/c", text("123")],
        ["d", text("")],
      ]),
    ),
  ).toEqual({ path: "b/c", size: 3 });
});
