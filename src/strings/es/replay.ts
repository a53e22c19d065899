// translationOf: 2634ee016561ac77d9e6121d28c95f160e7de368479571c2d445f476cddf60a8
/** What a lab says about runs that were recorded elsewhere, and about devices that cannot run it, in Spanish. */
import type { replayStrings as english } from "../en/replay.ts";
import type { Words } from "../translation.ts";

export const replayStrings: Words<typeof english> = {
  label: "Ejecución grabada",
  recorded: "Grabada, no ejecutada aquí",
  where: ({ processor, cores, browser }, date, withLanes) =>
    `“Grabada” significa que este laboratorio se ejecutó el ${date} en ${browser}, con ${processor} y ${cores} núcleos, con los comandos de abajo. Sus cifras se reproducen en las gráficas a su ritmo original${withLanes ? ", y sus peticiones en los carriles" : ". Las filas de los workers no se grabaron"}.`,
  thinned: (every) => `Se dibuja una de cada ${every} peticiones.`,
  played: (plan, readers, date, { processor, cores, browser }) =>
    `“${plan}” con ${readers}, tal como se ejecutó el ${date} en ${browser}, con ${processor} y ${cores} núcleos.`,
  pause: "Pausar",
  pauseNamed: "Pausar la ejecución grabada",
  goOn: "Reproducir",
  goOnNamed: "Reproducir la ejecución grabada",
  command: (title) => `${title}: `,
  skip: "Mostrar el final",
  again: "Reproducir de nuevo",
  close: "Cerrar",
  failed: "No se pudo cargar la ejecución grabada. Revisa la conexión e intenta de nuevo.",
  loading: "Se está cargando la ejecución grabada.",
  otherPlan: "El plan elegido no tiene ejecución grabada. Estos tienen una:",
  noRuns: "Este laboratorio no tiene ejecuciones grabadas.",
  play: (plan) => `Reproducir “${plan}” tal como se grabó`,
  cannotRun:
    "Este navegador no puede ejecutar el laboratorio: a su WebAssembly le falta una función llamada JSPI. Chrome y Edge la tienen desde la versión 137, Firefox desde la 153 y Safari desde la 27. Todo lo demás de esta página funciona aquí.",
  small: (processes, megabytes, device) =>
    `Este laboratorio inicia unos ${processes} procesos y ocupa unos ${megabytes}\u00a0MB de memoria. ${device} El navegador podría cerrar la página. No se descarga nada antes de que lo inicies.`,
  memory: (gigabytes) => `Este dispositivo dice que tiene ${gigabytes}\u00a0GB.`,
  unknownMemory: "Esto parece un teléfono, y no dice cuánta memoria tiene.",
};
