/**
 * The site's search, loaded when it is opened. Starlight's own component fetches Pagefind's interface once a page is
 * idle, a sixth of what a lesson may load before the first click. `astro.config.mjs` puts this module in that one's
 * place: it looks the same to Starlight, and makes the interface when a reader opens the dialog.
 */

/** What Starlight asks of the interface. Of its options, which go on as they came, only the place matters here. */
interface SearchOptions {
  /** A selector of the element that the interface is put into, inside the dialog. */
  readonly element: string;
}

/** Pagefind's interface as soon as somebody searches. It has the name that Starlight imports. */
export class PagefindUI {
  constructor(options: SearchOptions) {
    const dialog = document.querySelector(options.element)?.closest("dialog");
    if (!dialog) return;
    let there = false;
    const load = async () => {
      if (there || !dialog.open) return;
      const { PagefindUI: Interface } = await import("@pagefind/default-ui/npm_dist/mjs/ui-core.mjs");
      // Opened, closed and opened again while it came.
      if (there) return;
      there = true;
      opened.disconnect();
      new Interface(options);
      // Starlight looked for it when the dialog opened, before it was there.
      if (dialog.open) dialog.querySelector("input")?.focus();
    };
    // By its attribute, for not every browser tells of a dialog that opens. What could not be loaded is asked for again
    // the next time.
    const opened = new MutationObserver(() => void load());
    opened.observe(dialog, { attributeFilter: ["open"] });
    // It may have been opened before the page was idle.
    void load();
  }
}
