// translationOf: c2c1ea5890ec50846b464fe742225641d7b21253d748b555fdf267fc00ac79bd
/** The way from a lesson to the reader's own app, in Spanish. The page itself is in English. */
import type { projectStrings as english } from "../en/project.ts";
import type { PartsOf } from "../translation.ts";

export const projectStrings: PartsOf<typeof english> = {
  fromLesson: {
    before: "¿Tu propia app hace lo mismo?",
    link: "Ejecútala en dos servidores",
    after: ", en este navegador (página en inglés).",
  },
};
