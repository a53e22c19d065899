// translationOf: 3169c38b3b16c90c6d521a7772fb479e591c70a6853f3f1898203d8af48c1910
/** The words of a broken lab that is to be repaired, in Spanish. */
import type { repairStrings as english } from "../en/lab-repair.ts";
import type { Words } from "../translation.ts";

export const repairStrings: Words<typeof english> = {
  heading: "Lo que reportan los usuarios",
  check: "Comprobar el sitio",
  about: (plan) =>
    `El laboratorio inicia lo que escribiste, hace llegar usuarios (${plan}), comprueba lo que ellos reportan y mata el servidor bajo carga.`,
  hint: (number, of) => (of === 1 ? "Una pista" : `Pista ${number} de ${of}`),
  taughtIn: "Se explica en",
  steps: {
    starting: "Iniciando lo que escribiste.",
    asking: "Llegan usuarios. Comprobando lo que reportan.",
    killing: "Vuelven a llegar usuarios. Matando el servidor mientras lo usan.",
  },
  results: { open: "", looking: "Comprobando.", gone: "Ya no ocurre.", there: "Sigue ocurriendo." },
  goneBefore: "Ya se corrigió antes.",
  notLookedAt: "No se comprobó nada, porque el sitio no se inició.",
  nothingToKill: (process) => `No había ningún proceso de ${process} que matar.`,
  stayedDead: (seconds) => `Se mató el servidor, y tras ${seconds} seguía sin ningún proceso en marcha.`,
  noAnswerAgain: (seconds) => `Se mató el servidor y volvió a iniciarse, pero tras ${seconds} todavía no respondía.`,
  gone: (count, of) => `Corregidos: ${count} de ${of}.`,
  startedAgain: "El laboratorio inició de nuevo el servidor.",
  allGone: (of) => `Corregidos: ${of} de ${of}. El sitio está reparado.`,
  failed: (message) => `No se pudo hacer la comprobación: ${message}`,
  solution: "Un sitio reparado",
  solutionWarning: "Esto revela todas las causas de una vez.",
  putSolution: "Cargarlo en el laboratorio",
};
