/**
 * How far the site's own server has come with the image, where it makes it while it serves:
 * `machine/linux/preparation.json`.
 */
export type Preparation =
  | {
      readonly state: "preparing";
      /** What it does, as it says it in its terminal. */
      readonly step: string;
      /** From 0 to 1. */
      readonly fraction: number;
    }
  | { readonly state: "failed"; readonly reason: string }
  | { readonly state: "done" };
