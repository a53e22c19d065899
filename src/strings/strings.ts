/**
 * The words on screen, in the language that the site speaks. Every sentence that a reader can see comes through here.
 */
export * from "./en.ts";
