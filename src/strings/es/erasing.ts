// translationOf: 10b157a5aa0c93a7d88c1f38cab12ce4c444de92bd610d610571030b15ed9041
/** What is asked before something is erased, in Spanish. */
import type { erasingStrings as english } from "../en/erasing.ts";
import type { Words } from "../translation.ts";

export const erasingStrings: Words<typeof english> = {
  yes: "Borrarlo",
  no: "Conservarlo",
  progress: {
    sure: "¿Borrar todo?",
    lost: "Se borra todo lo que aparece en esta página y, además, tus cambios en los laboratorios, un proyecto y las respuestas de una clase que guarde este navegador. Sin una copia no se puede recuperar.",
    save: "Guardar antes una copia",
    saved: (file) => `Guardada como ${file}. Esta página puede recuperarla, en este navegador o en otro.`,
    bringBack: "Recuperar una copia",
    bringBackHint:
      "Una copia que guardaste aquí antes, o en otro navegador. Se puede recuperar donde todavía no se guarda nada.",
    broughtBack: "Se recuperó tu copia.",
    noCopy: "Este archivo no es una copia de lo que guarda este sitio.",
  },
  answers: {
    sure: "¿Borrar las respuestas?",
    lost: "Se borran las respuestas de todas las lecciones. Solo se pueden volver a contar con los enlaces o códigos que las trajeron.",
  },
  project: {
    sure: "¿Olvidar el proyecto que guardaste?",
    lost: "Este navegador guarda un proyecto, y se borra. Lo que está abierto en esta página sigue abierto.",
  },
};
