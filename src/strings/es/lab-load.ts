// translationOf: f926f6fa090edbe2cc1575f59c950eb5acf0fdb796ea1b8078e510124aeb4e7d
/** Words of the lab about plans, runs and how far to trust them, in Spanish. */
import type { loadStrings as english } from "../en/lab-load.ts";
import type { Words } from "../translation.ts";
import { counted, ofThe, the } from "./spanish.ts";

export const loadStrings: Words<typeof english> = {
  plans: {
    more: "Más planes",
    readers: {
      closed: (users) => counted(users, "usuario", "usuarios"),
      constant: (rate) => `${rate} usuarios por segundo`,
      poisson: (rate) => `${rate} usuarios por segundo en promedio`,
      ramp: (from, to) => `de ${from} a ${to} usuarios por segundo`,
      steps: (rates) => `${rates.join(", luego ")} usuarios por segundo`,
      burst: (rate, size, every) =>
        rate === "0"
          ? `${size} usuarios a la vez cada ${every}\u00a0s`
          : `${rate} usuarios por segundo y ${size} más a la vez cada ${every}\u00a0s`,
    },
    thinking: (seconds) => `que hacen una pausa de ${seconds}\u00a0s después de cada respuesta`,
    impatient: (seconds) => `que desisten tras ${seconds}\u00a0s en promedio`,
    keepAlive: "por conexiones que mantienen",
    keepCookies: "que guardan sus cookies",
    numbers: {
      "never-falls": (request) => `${request} (su número no debe bajar)`,
      "never-repeats": (request) => `${request} (su número no debe repetirse)`,
    },
    warmup: (seconds) => `los primeros ${seconds}\u00a0s no cuentan`,
    timeout: (seconds) => `desisten tras ${seconds}\u00a0s`,
    seconds: (seconds) => `${seconds}\u00a0s`,
    once: (request, times) => `${request} ${times === 1 ? "una vez" : `${times} veces`}`,
    share: (request, percent) => `${request} (${percent}\u00a0%)`,
    body: (request, characters) => `${request} con ${characters} caracteres`,
    whole: (who, what) => `${who}: ${what}`,
    refused: (label, field, asked, limit, reason) =>
      `“${label}” no se puede ejecutar: pide ${asked} (${field})${limit === undefined ? "" : `, y el límite es ${limit}`}. ${reason} Elige otro plan.`,
  },

  charts: {
    offeredLine: "ofrecidas",
    answeredLine: "respondidas",
    queue: "Peticiones en cola",
    queuePicture: "Peticiones que esperan en la cola a lo largo del tiempo",
    queueAxis: "Peticiones",
    errors: "Errores",
    errorsPicture: "Errores por segundo a lo largo del tiempo",
    errorsAxis: "Por segundo",
    latencyNote:
      "Cada punto abarca las respuestas del último segundo o, si son muy pocas, las más recientes que alcancen.",
    requests: "en cola",
  },

  results: {
    offered: "Ofrecidas por segundo",
    dropped: "Nunca enviadas",
    contradictory: "Respuestas contradictorias",
    firstByte: "Tiempo mediano hasta el primer byte",
    incomplete: "incompleta",
    ofRun: (label, title) => `${label}: ${title}`,
  },

  trust: {
    summary: "Hasta dónde confiar en estas cifras",
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
  },

  runs: {
    summary: (count) => `Guardar y comparar: ${counted(count, "ejecución", "ejecuciones")}`,
    hint: "Las últimas ejecuciones de esta visita. Superpón una a la última, o guarda los resultados de una.",
    number: (number) => `Ejecución ${number}`,
    label: (number, plan, time) => `${number}, ${plan}, ${time}`,
    last: "la última ejecución",
    compare: "Comparar",
    compareNamed: (run) => `Comparar la última ejecución con ${run}`,
    stopComparing: "Dejar de comparar",
    list: "Ejecuciones guardadas",
    save: "Guardar",
    saveLabel: (run) => `Guardar ${run}`,
    saveFailed: "No se pudieron crear los archivos. Revisa la conexión e intenta de nuevo.",
    wholeRun: "Ejecución completa (JSON)",
    wholeRunNamed: (run) => `Ejecución completa (JSON), ${run}`,
    formats: { json: "Informe (JSON)", csv: "Serie (CSV)", hdr: "Percentiles (HdrHistogram)" },
    formatNamed: (format, title, run) => `${format} ${ofThe(title)}, ${run}`,
  },

  settings: {
    label: (title) => `Ajustes ${ofThe(title)}`,
    names: { workers: "Workers", threads: "Hilos", timeout: "Tiempo límite" },
    unit: "s",
    taken: (name, least, most, typed, taken) =>
      `${name}: un número entero de ${least} a ${most}. ${typed === "" ? "Nada" : typed} se tomó como ${taken}.`,
    threaded: "Un hilo para cada petición",
    hint: "Un cambio edita la línea de comando y reinicia el servidor.",
    option: (option) => `opción ${option}`,
  },
};
