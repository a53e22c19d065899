// translationOf: 01129e429bfef4b572297de424888287954b247fece6cb7c5db4c6a6669bf954
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
