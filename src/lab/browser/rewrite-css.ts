/** Gives the content of an asset as a `data:` URL; undefined if it cannot be had. */
export type AssetSource = (url: string) => Promise<string | undefined>;

const reference = /url\(\s*(?:"([^"]*)"|'([^']*)'|([^"'()\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')/gi;

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
  return css.replace(reference, () => replaced[index++] ?? "");
}

/** An absolute address, or undefined if it is none. */
export function resolved(url: string, base: string): string | undefined {
  try {
    return new URL(url.trim(), base).href;
  } catch {
    return undefined;
  }
}
