/** The words of the interface. Another language is another object of this shape. */
import { en } from "./en/site.ts";

/** What a language must say. */
export type Strings = typeof en;

/** The words on screen. */
export const strings: Strings = en;
