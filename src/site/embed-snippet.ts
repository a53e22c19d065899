/** The lines that put a lab into a course page. */

/** Where they go. */
export const embedPlaces = ["moodle", "canvas", "blackboard", "page"] as const;
/** One of them. */
export type EmbedPlace = (typeof embedPlaces)[number];

/** What the frame shows. */
export interface EmbeddedFrame {
  /** Its whole address. */
  readonly address: string;
  /** What screen readers call it. */
  readonly title: string;
  /** In CSS pixels. */
  readonly height: number;
}

/** Keeps a frame as high as the lab in it: `src/instructors/embed/height-messages.ts` says what it hears. */
const heightScript = `<script>
  addEventListener("message", ({ source, data }) => {
    if (data?.type !== "two-servers:height") return;
    for (const frame of document.querySelectorAll("iframe")) {
      if (frame.contentWindow === source) frame.height = data.height;
    }
  });
</script>`;

/** HTML to be pasted. Only a plain page takes the script that follows the lab's height. */
export function embedSnippet({ address, title, height }: EmbeddedFrame, place: EmbedPlace): string {
  const frame = `<iframe src="${quoted(address)}" title="${quoted(title)}" width="100%" height="${height}" allow="clipboard-write"></iframe>`;
  return place === "page" ? `${frame}\n${heightScript}` : frame;
}

function quoted(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
