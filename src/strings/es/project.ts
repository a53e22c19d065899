// translationOf: 02471be03c58c84d9016b187c02cca8e829a72286f6323c4cce12ce2f374b581
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
