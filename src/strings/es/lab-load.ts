// translationOf: c54ea8bb843ff0fc43d300f9c601f239592e3fdd217a612842196e0556ed1348
/** Words of the lab about plans, runs and settings, in Spanish. */
import type { loadStrings as english } from "../en/lab-load.ts";
import type { Words } from "../translation.ts";
import { counted, ofThe } from "./spanish.ts";

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

  results: {
    offered: "Ofrecidas por segundo",
    dropped: "Nunca enviadas",
    contradictory: "Respuestas contradictorias",
    firstByte: "Tiempo mediano hasta el primer byte",
    incomplete: "incompleta",
    ofRun: (label, title) => `${label}: ${title}`,
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
