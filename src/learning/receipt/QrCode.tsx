/** A text as a QR code (ISO/IEC 18004), for whoever has a paper or a screen and a phone. */
import { useMemo } from "preact/hooks";
import { encode } from "uqr";

/** What is drawn. */
export interface QrCodeProps {
  readonly text: string;
  /** What it is, for those who do not see it. */
  readonly label: string;
}

/** Longer texts make a code that a phone cannot read from a screen. */
const longest = 1200;

/** Dark squares on white, whatever the theme: readers expect it. Nothing where the text is too long for one. */
export function QrCode({ text, label }: QrCodeProps) {
  const code = useMemo(() => (text.length > longest ? undefined : encode(text, { ecc: "L", border: 4 })), [text]);
  if (code === undefined) return null;
  const squares = code.data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg class="qr-code" role="img" aria-label={label} viewBox={`0 0 ${code.size} ${code.size}`}>
      <rect width={code.size} height={code.size} fill="#fff" />
      <path d={squares.join("")} fill="#000" />
    </svg>
  );
}
