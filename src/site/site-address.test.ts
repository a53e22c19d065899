import { describe, expect, it } from "vitest";
import { siteAddress } from "./site-address.ts";

describe("the site's address", () => {
  it("may be left out", () => {
    expect(siteAddress(undefined)).toBeUndefined();
    expect(siteAddress("")).toBeUndefined();
  });

  it("gets its closing slash", () => {
    expect(siteAddress("https://a.example/b")?.href).toBe("https://a.example/b/");
    expect(siteAddress("http://a.example")?.href).toBe("http://a.example/");
  });

  it.each(["a.example", "ftp://a.example/", "https://a.example/?x=1", "https://"])("is not %s", (setting) => {
    expect(() => siteAddress(setting)).toThrow("Write e.g.: PUBLIC_SITE_ADDRESS=https://");
  });
});
