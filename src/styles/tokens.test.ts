import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** Paper has points and millimetres; what is shown at any address cannot load a style sheet. */
const withoutTokens = ["src/styles/tokens.css", "src/styles/handout.css", "src/pages/404.astro"];
/** Style sheets, and the styles of Astro's components. */
const sheets = globSync(["src/**/*.css", "src/**/*.astro"]).filter((path) => !withoutTokens.includes(path));

/** What has a scale in tokens.css: space between and within things, roundness, size of type. */
const scaled =
  /(?<![\w-])((?:padding|margin|gap|row-gap|column-gap|font-size|border-radius|border-(?:start|end)-(?:start|end)-radius)(?:-[a-z-]+)?)\s*:\s*([^;}]*)/g;
/** A length that is no token. Nothing, and a line's width, need none; `em` goes with the text around it. */
const raw = /(?<![\w.-])-?(?!0(?:\.0+)?(?:rem|px)|-?1px)\d*\.?\d+(?:rem|px)\b/;
/** A colour that is no token, but for shadows. */
const colour = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\((?!0 0 0 \/)[^)]*\)/gi;

/** What follows a size of its own, and why. */
const exceptions: Readonly<Record<string, readonly string[]>> = {
  // A drawing has coordinates of its own, and is scaled as a whole.
  "src/components/Drawing.astro": ["font-size: 15px", "font-size: 13px"],
  // Room for the button that lies over the field.
  "src/lab/view/share/share.css": ["padding-inline-end: 5rem"],
  // Titles of whole pages grow with the window.
  "src/site/Hero.astro": ["font-size: clamp(1.875rem, 1.2rem + 3vw, 2.875rem)"],
  // So does all of a slide.
  "src/styles/slides.css": ["font-size: clamp(1rem, min(1.25vw, 2.2vh), 2.25rem)"],
};

function stylesOf(path: string): string {
  const text = readFileSync(path, "utf8");
  const styles = path.endsWith(".css")
    ? [text]
    : Array.from(text.matchAll(/<style[^>]*>(.*?)<\/style>/gs), ([, css]) => css);
  return styles.join("\n").replaceAll(/\/\*.*?\*\//gs, "");
}

function rawLengths(css: string): readonly string[] {
  return Array.from(css.matchAll(scaled), ([, property, value]) => `${property}: ${value?.trim()}`).filter(
    (declaration) => raw.test(declaration.replaceAll(/var\([^()]*\)/g, "")),
  );
}

describe("style sheets", () => {
  it.each(sheets)("%s takes spaces, radii and sizes of type from tokens.css", (path) => {
    expect(rawLengths(stylesOf(path)).filter((each) => !exceptions[path]?.includes(each))).toEqual([]);
  });

  it.each(sheets)("%s takes its colours from tokens.css", (path) => {
    expect(stylesOf(path).match(colour) ?? []).toEqual([]);
  });

  it("have no exception that nobody needs any more", () => {
    const unused = Object.entries(exceptions).flatMap(([path, declarations]) =>
      declarations.filter((each) => !rawLengths(stylesOf(path)).includes(each)),
    );
    expect(unused).toEqual([]);
  });

  it("name only tokens that there are", () => {
    const tokens = new Set(readFileSync("src/styles/tokens.css", "utf8").match(/--(?:space|radius|text|color)[\w-]*/g));
    const named = sheets.flatMap(
      (path) => stylesOf(path).match(/(?<=var\()--(?:space|radius|text|color)[\w-]*/g) ?? [],
    );
    expect([...new Set(named)].filter((name) => !tokens.has(name))).toEqual([]);
  });
});

describe("rawLengths", () => {
  it("finds a length that is no token, wherever it stands in a declaration", () => {
    expect(
      rawLengths("a { padding: var(--space-s) 0.5rem; margin-block-start: -3px; gap: 0 1em; border-radius: 1px }"),
    ).toEqual(["padding: var(--space-s) 0.5rem", "margin-block-start: -3px"]);
  });
});
