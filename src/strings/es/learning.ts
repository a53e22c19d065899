// translationOf: 4e7e3a7d1a97e345189384dbb65d22f2a9854e78eb786542404741296e1010af
/** The words of what a lesson asks and keeps, in Spanish. */
import type { learningStrings as english } from "../en/learning.ts";
import type { Words } from "../translation.ts";
import { counted } from "./spanish.ts";

export const learningStrings: Words<typeof english> = {
  quiz: {
    check: "Comprobar",
    again: "Responder de nuevo",
    chooseFirst: "Primero elige una respuesta.",
    right: "Correcto.",
    wrong: "Esta no es.",
    rightIs: "La respuesta correcta es:",
    yours: "tu respuesta",
    isRight: "correcta",
    answer: "Respuesta",
    answered: (right, answered, all) =>
      answered < all
        ? `${answered} de ${all} respondidas.`
        : `Todas respondidas: ${counted(right, "correcta", "correctas")} de ${all}.`,
  },
  prediction: {
    noted: "Anotado. Usa el laboratorio y luego compara.",
    compare: "Comparar con lo que muestra el laboratorio",
    same: "Lo dijiste, y el laboratorio lo muestra.",
    otherwise: "El laboratorio muestra otra cosa:",
    isShown: "lo que muestra el laboratorio",
  },
  progress: {
    title: "Tu progreso",
    description: "Lo que este sitio guarda en tu dispositivo, un comprobante para entregar y un botón que borra todo.",
    setAside:
      "No se pudo leer lo que este sitio guardaba en tu dispositivo: lo escribió una versión anterior, o alguien lo cambió a mano. Se dejó aparte, y empiezas de nuevo.",
    notKept:
      "Tu navegador no guarda nada para este sitio (su almacenamiento está bloqueado o lleno). Todo funciona, y se olvida cuando sales de la página.",
    markDone: "Marcar esta lección como terminada",
    takeBack: "Deshacer",
    isDone: "Esta lección está terminada.",
    quizOpen: (open, all) =>
      open === all
        ? "Su cuestionario está sin responder."
        : `${open === 1 ? "Queda" : "Quedan"} sin responder ${open} de ${all} preguntas del cuestionario.`,
    where: "Se guarda solo en este dispositivo.",
    see: "Ver todo lo que se guarda",
    done: "terminada",
    begun: "empezada",
    needsScript: "Sin JavaScript no se guarda nada.",
    introduction:
      "Las lecciones terminadas, las respuestas a los cuestionarios, las predicciones, las últimas ejecuciones de cada laboratorio, los ejercicios resueltos, las marcas y las horas de tu trabajo se quedan en este navegador, en este dispositivo. No hay cuenta, ni cookies, ni rastreadores, y no se envía nada a ningún lugar.",
    lesson: "Lección",
    state: "Estado",
    quiz: "Cuestionario",
    untouched: "sin empezar",
    score: (right, answered, all) =>
      answered === 0 ? "—" : `${counted(right, "correcta", "correctas")}, ${answered} de ${all} respondidas`,
    predictions: (count) => counted(count, "predicción", "predicciones"),
    runs: (count) => counted(count, "ejecución", "ejecuciones"),
    exercises: (count) => counted(count, "ejercicio resuelto", "ejercicios resueltos"),
    solvedBefore: "Ya resolviste esto antes.",
    ticks: (count) => `${counted(count, "marca", "marcas")} en listas`,
    also: "También se guardan: tus cambios en un laboratorio (hasta que cierres su pestaña) y si tus laboratorios se ejecutan con Python o con Node. Tu navegador puede guardar además una copia de la máquina Python, para que los laboratorios se abran más rápido; en ella no hay nada tuyo.",
    erase: "Borrar todo",
    erased: "Se borró todo.",
  },
};
