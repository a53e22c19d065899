/**
 * Writes `src/styles/fonts/*.woff2`: the site's typefaces with the characters that its texts use. What has another
 * character is drawn in a typeface of the reader's system.
 *
 *     npm run build:fonts
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import subsetFont from "subset-font";

const require = createRequire(import.meta.url);
const folder = "src/styles/fonts";

/** Those of ASCII that can be seen, and the space. */
const ascii = String.fromCharCode(...Array.from({ length: 0x7f - 0x20 }, (_, index) => 0x20 + index));
/** What English texts have besides, the units and signs of the lab, and the name of Spanish. */
const beyond = "\u00a0–—‘’“”…·•×→←éñ≤≥≈";
/** What Spanish texts have besides those. Files of their own, for the pages that have such texts (`src/site/Fonts.astro`). */
const spanish = "¡¿ÁÉÍÑÓÚÜáíñóúü";

const fonts = [
  { file: "source-sans-3/files/source-sans-3-latin-400-normal.woff2", name: "text-400", text: ascii + beyond },
  { file: "source-sans-3/files/source-sans-3-latin-600-normal.woff2", name: "text-600", text: ascii + beyond },
  { file: "source-code-pro/files/source-code-pro-latin-400-normal.woff2", name: "code-400", text: `${ascii}\u00a0…` },
  { file: "source-sans-3/files/source-sans-3-latin-400-normal.woff2", name: "text-400-es", text: spanish },
  { file: "source-sans-3/files/source-sans-3-latin-600-normal.woff2", name: "text-600-es", text: spanish },
];

mkdirSync(folder, { recursive: true });
for (const { file, name, text } of fonts) {
  const whole = readFileSync(require.resolve(`@fontsource/${file}`));
  // Without small capitals, old figures and what else a feature could put in a character's place: figures have one
  // width anyway.
  const part = await subsetFont(whole, text, { targetFormat: "woff2", noLayoutClosure: true });
  writeFileSync(`${folder}/${name}.woff2`, part);
  console.log(`${name}.woff2: ${part.length} of ${whole.length} bytes`);
}
