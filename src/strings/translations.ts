/** The languages that the site speaks besides English, by their names in addresses. For the build. */
import { spanish } from "./es.ts";
import type { Translation } from "./translation.ts";

export const translations: { readonly es: Translation } = { es: spanish };
