import { resolved } from "./addresses.ts";

/** Gives the content of an asset as a `data:` URL; undefined if it cannot be had. */
export type AssetSource = (url: string) => Promise<string | undefined>;

const reference = /url\(\s*(?:(?:"([^"]*)"|'([^']*)'|([^"'()\s]+))\s*)?\)|@import\s+(?:"([^"]*)"|'([^']*)')/gi;

/** More characters than this do not come into one document: what refers to more of them has nothing in its place. */
export const mostInlined = 67_108_864;

/** A style sheet whose references are `data:` URLs, or lead nowhere. */
export async function rewriteCss(css: string, base: string, asset: AssetSource): Promise<string> {
  const found = [...css.matchAll(reference)];
  const replaced = await Promise.all(
    found.map(async ([whole, ...urls]) => {
      const url = urls.find((each) => each !== undefined) ?? "";
      if (url === "" || url.startsWith("data:") || url.startsWith("#")) return whole;
      const data = (await asset(resolved(url, base) ?? "")) ?? "data:,";
      return /^@import/i.test(whole) ? `@import url("${data}")` : `url("${data}")`;
    }),
  );
  let index = 0;
  let inlined = 0;
  return css.replace(reference, () => {
    const data = replaced[index++] ?? "";
    inlined += data.length;
    return inlined > mostInlined ? "url(data:,)" : data;
  });
}
