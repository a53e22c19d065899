// translationOf: 78944a53a21b5a83deb3ba91fef82d23cafbc8aef02fb146b86d55fc4fe0c269
/** The words of the page on which missed questions are asked again, in Spanish. */
import type { reviewStrings as english } from "../en/review.ts";
import type { Words } from "../translation.ts";

export const reviewStrings: Words<typeof english> = {
  title: "Repaso",
  description: "Las preguntas que fallaste, otra vez al cabo de unos días y luego cada vez más espaciadas.",
  introduction:
    "Una pregunta que fallas en una lección vuelve aquí: hoy, al cabo de unos días y luego de semanas. Cada respuesta correcta alarga la espera; cada incorrecta la acorta de nuevo. Cuándo toca cada una se calcula en tu dispositivo (con FSRS), se guarda allí y se borra con todo lo demás en la página",
  progress: "tu progreso",
  needsScript: "Sin JavaScript no se guarda nada, así que no hay nada que volver a preguntar.",
  none: "Nada que repasar: todavía no has fallado ninguna pregunta.",
  begin: "Empezar con una lección",
  due: (count) => (count === 1 ? "Toca 1 pregunta." : `Tocan ${count} preguntas.`),
  noneDue: (date) => `Hoy no toca ninguna. La próxima pregunta viene el ${date}.`,
  from: "De",
  next: "Siguiente pregunta",
  finish: "Listo por hoy",
  comesAgain: (date) => `Vuelve el ${date}.`,
  list: "Todas las preguntas que vuelven",
  question: "Pregunta",
  lesson: "Lección",
  date: "Próxima",
  today: "hoy",
  dates: "es",
};
