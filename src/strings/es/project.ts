// translationOf: 4645b8ecfb90c28fcbc9b4b39d5cda305429731abcad9a59d9f08fa2fd6b8e8b
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
