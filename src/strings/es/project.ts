// translationOf: c4b2f092f0d3c2db8d4390f1e0358c0735b99a1348669ef811c8fd0c13adbaec
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
