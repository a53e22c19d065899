/** The picture that course pages and messengers show beside a link to this site, drawn at build time. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import satori from "satori";
import sharp from "sharp";

/** In pixels: what the sites that show such pictures ask for. */
export const openGraphSize = { width: 1200, height: 630 };

/** What a picture shows. */
export interface OpenGraphPicture {
  readonly title: string;
  /** Above the title. */
  readonly site: string;
  /** The two servers: their names and commands. */
  readonly sides: readonly { readonly title: string; readonly command: string }[];
}

/** The light theme's colours, as `src/styles/tokens.css` has them. */
const colours = { page: "#fbfbf9", text: "#1d2026", muted: "#575c66", pane: "#ffffff", line: "#d9d9d4" };
const ofSides = ["#8a4600", "#0a56a5"];

const fontName = "Source Sans 3";
const weights = [400, 600] as const;
const require = createRequire(`${process.cwd()}/package.json`);
const fonts = weights.map((weight) => ({
  name: fontName,
  weight,
  data: readFileSync(require.resolve(`@fontsource/source-sans-3/files/source-sans-3-latin-${weight}-normal.woff`)),
}));

type Style = Readonly<Record<string, string | number>>;
/** An element as the library takes it. */
interface Node {
  readonly type: "div";
  readonly props: { readonly style: Style; readonly children: string | readonly Node[] };
}

/** A box of flexible layout. */
function box(style: Style, children: string | readonly Node[]): Node {
  return { type: "div", props: { style: { display: "flex", ...style }, children } };
}

function pane({ title, command }: OpenGraphPicture["sides"][number], index: number): Node {
  const colour = ofSides[index % ofSides.length] ?? colours.text;
  const frame = { border: `2px solid ${colours.line}`, borderTop: `12px solid ${colour}`, borderRadius: 12 };
  return box(
    {
      flexDirection: "column",
      boxSizing: "border-box",
      width: 520,
      padding: "28px 32px",
      backgroundColor: colours.pane,
      ...frame,
    },
    [
      box({ color: colour, fontSize: 34, fontWeight: 600 }, title),
      box({ marginTop: 18, color: colours.text, fontSize: 28, wordBreak: "break-word" }, `$ ${command}`),
    ],
  );
}

/** The picture as PNG. */
export async function drawOpenGraphPicture({ title, site, sides }: OpenGraphPicture): Promise<Buffer> {
  const page = box(
    {
      flexDirection: "column",
      justifyContent: "space-between",
      width: "100%",
      height: "100%",
      boxSizing: "border-box",
      padding: 64,
      backgroundColor: colours.page,
      fontFamily: fontName,
    },
    [
      box({ flexDirection: "column" }, [
        box({ color: colours.muted, fontSize: 36 }, site),
        box({ marginTop: 16, color: colours.text, fontSize: 72, fontWeight: 600, lineHeight: 1.1 }, title),
      ]),
      box({ gap: 32 }, sides.map(pane)),
    ],
  );
  const svg = await satori(page, { ...openGraphSize, fonts });
  return sharp(Buffer.from(svg)).png({ palette: true }).toBuffer();
}
