// translationOf: d5f04f7a00dff7972bbc86f570784ced2a5e3a5f3e9b43aa245cbdb0e0fbd924
/** The words of exercises, in Spanish. */
import type { exerciseStrings as english } from "../en/lab-exercise.ts";
import type { Words } from "../translation.ts";
import { capital, ofThe } from "./spanish.ts";

export const exerciseStrings: Words<typeof english> = {
  heading: (title) => `Inténtalo: ${title}`,
  wanted: "Qué busca el laboratorio",
  putStart: "Cargar los archivos iniciales en el laboratorio",
  notBegun:
    "Este ejercicio comienza con otros archivos que los de la lección: primero carga los archivos iniciales en el laboratorio.",
  check: "Comprobar mi trabajo",
  solution: "Una solución",
  solutionCommand: (title) => `Comando ${ofThe(title)}`,
  putSolution: "Cargarla en el laboratorio",
  looking: (number, of) => `Comprobando ${number} de ${of}.`,
  solved: "Todo está bien. Resuelto.",
  stillWrong: (hint) => `Todavía no. ${hint}`,
  failed: (message) => `No se pudo hacer la comprobación: ${message}`,
  otherMachine: (machine) => `Este ejercicio es para la máquina ${machine}: elígela en el laboratorio.`,
  results: { right: "Correcto", wrong: "Todavía no", looking: "Comprobando", open: "Sin comprobar" },
  commandIs: (line) => `El comando es: ${line}`,
  notInFile: (path) => `${path} todavía no hace eso.`,
  stillInFile: (path) => `${path} todavía lo tiene.`,
  notUp: (title, state) => `${title}: ${state}`,
  noAnswer: (message) => `No hubo respuesta: ${message}.`,
  statusIs: (status, reason) => `La respuesta fue ${status} ${reason}.`,
  headerMissing: (name) => `La respuesta no tiene la cabecera ${name}.`,
  headerIs: (name, value) => `La cabecera es ${name}: ${value}`,
  bodyIs: (text) => (text === "" ? "La respuesta estaba vacía." : `La respuesta fue: ${text}`),
  busy: "Hay una prueba de carga en curso. Espera a que termine.",
  runDisturbed: "La prueba de carga se detuvo o algo la perturbó. Comprueba de nuevo.",
  noFigure: "Se respondieron muy pocas peticiones para esta cifra.",
  figures: {
    rate: "el ritmo de respuestas",
    median: "la latencia mediana",
    p95: "el percentil 95",
    failed: "la cantidad de peticiones fallidas",
  },
  figureIs: (figure, value) => `${capital(figure)} fue ${value}.`,
  timesIs: (figure, times) => `${capital(figure)} fue ${times} veces la cifra del otro lado.`,
};
