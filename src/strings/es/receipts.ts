// translationOf: 663e73736d5f6effe56cd882ad04219b8f6800067a29845848b81f6a507fb319
/** The words around receipts and assignments, in Spanish. What only teachers read is in English. */
import type { receiptStrings as english, assignmentStrings as englishAssignment } from "../en/receipts.ts";
import type { PartsOf } from "../translation.ts";
import { counted } from "./spanish.ts";

/** The receipt and what is typed for it. */
export const receiptStrings: PartsOf<typeof english> = {
  heading: "Entrega lo que hiciste",
  introduction:
    "Un comprobante es un archivo con lo que este navegador guarda de tu trabajo: lecciones, respuestas a los cuestionarios, predicciones, ejecuciones de los laboratorios, ejercicios y lo que cambiaste para resolverlos, con las horas. Se queda contigo hasta que lo entregues.",
  name: "Tu nombre",
  nameMissing: "Primero escribe tu nombre: tu docente ordena los comprobantes por él.",
  classKey: "Clave de la clase",
  classKeyHint: "Déjala vacía si tu docente no te dio ninguna.",
  save: "Guardar comprobante",
  saved: (file) => `Guardado como ${file}. Entrega ese archivo.`,
  print: "Imprimir comprobante",
  limits:
    "Un comprobante muestra si se cambió después de guardarlo. No demuestra quién hizo el trabajo, y ninguna página sin servidor podría hacerlo.",

  of: (name) => `Comprobante de ${name}`,
  made: "Guardado",
  course: "Curso",
  assignment: "Tarea",
  sum: "SHA-256",
  keyed: "con una clave de la clase",
  lesson: "Lección",
  state: { done: "terminada", begun: "empezada", untouched: "sin empezar" },
  lessonState: "Estado",
  quiz: "Cuestionario",
  score: (right, questions, tries) =>
    tries === 0
      ? "—"
      : `${counted(right, "correcta", "correctas")} de ${questions}, ${counted(tries, "respuesta", "respuestas")}`,
  worked: "Horas de trabajo",
  from: (first, last) => (first === last ? first : `de ${first} a ${last}`),
  predictions: "Predicciones",
  prediction: "Predicción",
  chosen: "Elegiste",
  shown: "Mostró el laboratorio",
  outcomes: {
    development: "servidor de desarrollo",
    production: "servidor de producción",
    alike: "más o menos igual",
  },
  runs: "Ejecuciones",
  run: "Ejecución",
  sides: { development: "Servidor de desarrollo", production: "Servidor de producción" },
  figures: (rate, median, failed) =>
    `${rate}, mediana ${median}, ${failed === 0 ? "sin errores" : counted(failed, "error", "errores")}`,
  noRuns: "Todavía ninguna completa.",
  runsHint: "De cada laboratorio, las últimas ejecuciones que llegaron al final sin perturbaciones: ocho como máximo.",
  exercises: "Ejercicios y reparaciones",
  noExercises: "Todavía ninguno resuelto.",
  noPredictions: "Todavía ninguna.",
  solvedOn: (date) => `resuelto el ${date}`,
  noChanges: "No se guardó lo que se cambió.",
  qr: "Código QR con el nombre y el SHA-256 de este comprobante",
};

/** An assignment, as a student sees it. */
export const assignmentStrings: PartsOf<typeof englishAssignment> = {
  title: "Tarea",
  description: "Lo que te pide tu docente y cuánto llevas hecho.",
  needsScript: "Esta página necesita JavaScript: la tarea está en el enlace.",
  noLink:
    "Esta página muestra una tarea a partir del enlace de un docente. Abre el enlace completo, con todo lo que sigue al signo #.",
  damaged: "Este enlace está dañado: falta una parte o se cambió. Cópialo otra vez de donde lo encontraste.",
  newer:
    "Este enlace lo hizo una versión más nueva de este sitio. Pide a tu docente uno que sirva para esta copia, o ábrelo en la suya.",
  due: (date) => `Fecha de entrega: ${date}.`,
  late: (date) => `La fecha de entrega era ${date}.`,
  asked: "Lo que se pide",
  scrolled: "Lecciones y lo que está hecho",
  lesson: "Lección",
  quiz: "Cuestionario",
  exercises: "Ejercicios",
  labs: "Laboratorios",
  state: "Estado",
  quizDone: (right, questions) => `${counted(right, "correcta", "correctas")} de ${questions}`,
  notAsked: "no se pide",
  solved: (count, all) => `${counted(count, "resuelto", "resueltos")} de ${all}`,
  ran: (count, all) => `${counted(count, "ejecutado", "ejecutados")} hasta el final, de ${all}`,
  complete: "completa",
  open: "pendiente",
  progress: (done, all) => (done === all ? "Está todo hecho." : `${counted(done, "hecha", "hechas")} de ${all}.`),
  gone: (ids) => `Esta copia del curso no tiene ${ids.join(", ")}. El resto de la tarea está aquí.`,
  openLesson: "Abrir la lección en una pestaña aparte",
  hides: "En esta tarea, las soluciones y las respuestas de los cuestionarios están ocultas.",
};
