/** The list of pages beside each page, in Spanish. Most of the pages themselves are in English. */
import { learningStrings } from "./learning.ts";

export const spanishLabels = {
  lessons: "Lecciones",
  frameworks: "Otros frameworks",
  yourApp: "Tu propia app",
  progress: learningStrings.progress.title,
  review: "Repaso",
  instructors: "Para docentes",
  truth: "Qué es real",
  privacy: "Privacidad y uso sin conexión",
  hosting: "Alojar este sitio",
  concepts: "Conceptos",
};
