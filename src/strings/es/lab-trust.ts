// translationOf: 5a3154c666ef281b916711c34ee876b3c76df6b2b3548b86bd814e14692435c1
// translationOf: 0
/** Words about how far to trust a run, in Spanish. */
import type { trustStrings as english } from "../en/lab-trust.ts";
import type { Words } from "../translation.ts";
import { counted, the } from "./spanish.ts";

export const trustStrings: Words<typeof english> = {
  closed: (readers, one) =>
    `Cerrado: ${readers}; ${one ? "espera" : "cada uno espera"} la respuesta antes de pedir otra vez.`,
  open: (readers) => `Abierto: ${readers}, que llegan haga lo que haga el servidor.`,
  model: "Modelo",
  seed: "Semilla",
  seedMeaning: (seed) =>
    `${seed}. Con la misma semilla, las peticiones salen en los mismos momentos en los dos lados y en todas las ejecuciones.`,
  rates: "Ofrecido y logrado",
  ratesOf: (title, offered, achieved) => `${title}: ${offered} ofrecidas, ${achieved} logradas.`,
  samples: "Muestras",
  samplesOf: (title, answers, failed) => `${title}: ${answers} respuestas, ${failed} fallos.`,
  percentiles: "Un percentil se muestra si hay al menos cinco muestras por encima.",
  warmUp: "Calentamiento",
  warmUpOf: (title, end, seconds, answers) =>
    `${title}: ${seconds}\u00a0s y ${answers} respuestas antes de la ejecución, ninguna contada${
      { warm: "", limit: "; todavía se estaba acelerando", skipped: "; se interrumpió" }[end]
    }.`,
  warm: "Los dos servidores ya se habían calentado.",
  verdict: "Veredicto",
  verdictMeaning: (least) =>
    `Hacen falta ${least} respuestas en cada lado, y una diferencia mayor que la que hay entre las dos mitades de la ejecución.`,
  verdictOf: (title, first, second) => `${title}: ${first} en la primera mitad, ${second} en la segunda.`,
  mediansOf: (title, first, second) =>
    `${title}: una mediana de ${first} en la primera mitad, de ${second} en la segunda.`,
  ratioOf: (a, b, range) => `Así que ${the(a)} tiene ${range} lo que tiene ${the(b)}.`,
  lateness: "Enviadas tarde",
  latenessOf: (title, typical, longest) =>
    `${title}: la mitad de las peticiones con ${typical} o menos de retraso, la peor con ${longest}.`,
  omission: "Espera antes del envío",
  omissionOf: (title, corrected, raw) =>
    `${title}: el percentil 99 es ${corrected} desde el momento en que una petición debió enviarse, y solo ${raw} desde el momento en que se envió.`,
  computer: "Esta computadora",
  cores: (count) =>
    `${counted(count, "núcleo, que comparten", "núcleos, que comparten")} los dos servidores, la carga y esta página.`,
  timer: "Reloj",
  timerStep: (step) => `El reloj del navegador avanza en pasos de ${step}.`,
  tab: "Esta página",
  tabStates: {
    none: "Ninguna ejecución todavía.",
    visible: "A la vista durante toda la ejecución.",
    hidden: "Oculta un rato durante la ejecución, y los navegadores frenan las páginas ocultas.",
    otherTab: "A la vista, pero otra pestaña ejecutó una prueba de carga en los mismos núcleos.",
  },
};
