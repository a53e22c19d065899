/** What is used of it: it brings no types. */
declare module "subset-font" {
  /** A font with these characters, and no others. */
  export default function subsetFont(
    font: Buffer,
    text: string,
    options: { readonly targetFormat: "woff2"; readonly noLayoutClosure?: boolean },
  ): Promise<Buffer>;
}
