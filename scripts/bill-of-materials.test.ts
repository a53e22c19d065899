import { expect, it } from "vitest";
import { billOfMaterials } from "./bill-of-materials.ts";

const materials = {
  version: "1.0.0",
  npm: {
    "": { version: "1.0.0" },
    "node_modules/preact": { version: "10.29.8", license: "MIT", integrity: "sha512-AAEC" },
    "node_modules/a/node_modules/@b/c": { version: "2.0.0", license: "(MIT OR Apache-2.0)" },
    "node_modules/a/node_modules/preact": { version: "10.29.8", license: "MIT", integrity: "sha512-AAEC" },
  },
  python: [{ name: "Flask", version: "3.1.3" }],
  debian: [{ name: "libc6", version: "2:2.36-9+deb12u14", sha256: "ab", path: "debian/pool/x.deb" }],
};

it("names every package once, with its licence, hash and address", () => {
  expect(billOfMaterials(materials)).toMatchObject({
    bomFormat: "CycloneDX",
    components: [
      {
        purl: "pkg:deb/debian/libc6@2%3A2.36-9%2Bdeb12u14?arch=i386",
        hashes: [{ alg: "SHA-256", content: "ab" }],
        externalReferences: [{ url: "https://deb.debian.org/debian/pool/x.deb" }],
      },
      { purl: "pkg:npm/%40b/c@2.0.0", licenses: [{ expression: "(MIT OR Apache-2.0)" }] },
      {
        purl: "pkg:npm/preact@10.29.8",
        licenses: [{ license: { id: "MIT" } }],
        hashes: [{ alg: "SHA-512", content: "000102" }],
      },
      { purl: "pkg:pypi/flask@3.1.3" },
    ],
  });
});

it("is the same in whatever order packages are listed, and says no time", () => {
  const turned = { ...materials, npm: Object.fromEntries(Object.entries(materials.npm).reverse()) };
  expect(JSON.stringify(billOfMaterials(turned))).toBe(JSON.stringify(billOfMaterials(materials)));
});
