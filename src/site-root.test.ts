// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from "vitest";
import { siteRoot } from "./site-root.ts";

afterEach(() => {
  document.head.innerHTML = "";
});

describe("siteRoot", () => {
  it("follows the page's own way to the root", () => {
    document.head.innerHTML =
      '<base href="https://host.example/some/course/lessons/01/"><meta name="site-root" content="../../">';
    expect(siteRoot().href).toBe("https://host.example/some/course/");
  });

  it("says what a page lacks", () => {
    expect(() => siteRoot()).toThrow('<meta name="site-root">');
  });
});
