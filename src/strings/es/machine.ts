// translationOf: 6c8a3b02517dbf8deed556b9c35080c40dc39d872ce1aa6c49da35b966da46d7
/** What machines say in the page, in Spanish. Their workers and frames say their steps in English. */
import type {
  sealedFrameStrings as englishFrame,
  downloadProblems as englishProblems,
  pythonMachineStrings as englishPython,
  machineSteps as englishSteps,
} from "../en/machine.ts";
import type { Words } from "../translation.ts";

/** The steps of opening a machine, without a full stop. */
export const machineSteps: Words<typeof englishSteps> = {
  loadingPython: (loaded, total) => `Cargando CPython, ${loaded} de ${total} MB`,
  compilingPython: "Compilando CPython",
  importingServers: "Iniciando CPython e importando los servidores",
  startingKernel: "Iniciando el kernel",
  loadingDebian: (loaded, total) => `Cargando Debian, ${loaded} de ${total} MB`,
  preparingDebian: (step, percent) => `Preparando Debian, ${percent} %: ${step}`,
  restoringDebian: "Restaurando Debian",
  askingGuest: "Preguntando al sistema huésped qué está en marcha",
  startingWebContainer: "Iniciando WebContainer",
  startingNode: "Iniciando Node",
  probing: "Viendo qué puede hacer este contenedor",
  ready: "Lista",
};

const startAgain = "Inicia ambos servidores de nuevo; lo que escribiste se conserva.";
const reload = "Recarga la página e intenta de nuevo; si vuelve a fallar, cierra otras pestañas para liberar memoria.";
const currentBrowser = "Usa un Chrome, Edge, Firefox o Safari actual; la lección se puede leer sin el laboratorio.";

/** Why something could not be loaded, for the middle of a sentence. */
export const downloadProblems: Words<typeof englishProblems> = {
  noAnswer: "la red no respondió",
  refused: (status) => `el host respondió ${status}`,
  brokeOff: "la descarga se interrumpió",
  cutShort: (there, size) => `llegaron ${there} de ${size} bytes`,
  damaged: "está dañada",
  noSuchPart: "el disco no tiene esa parte",
  tooLong: "llegaron más bytes de los que tiene",
};

/** The sealed frame that the machines run in. */
export const sealedFrameStrings: Words<typeof englishFrame> = {
  blocked: {
    message: "No se abrió el marco en el que se ejecutan los servidores.",
    remedy:
      "Permite marcos de este sitio (quizá los bloquea una extensión o una política de la página) e intenta de nuevo.",
  },
};

/** The Python machine. */
export const pythonMachineStrings: Words<typeof englishPython> = {
  bootFailed: (reason) => ({ message: `La máquina de Python no se inició: ${reason}`, remedy: reload }),
  kernelCrashed: (reason) => ({
    message: `El kernel de la máquina de Python se detuvo: ${reason}`,
    remedy: startAgain,
  }),
  lineBroken: (reason) => ({
    message: `La máquina de Python dijo algo que no debe decir (${reason}) y se detuvo.`,
    remedy: startAgain,
  }),
  noWebAssembly: {
    message: "Este navegador no tiene WebAssembly, que CPython necesita.",
    remedy: currentBrowser,
  },
  noSuspending: {
    message: "Este navegador no puede suspender WebAssembly (JSPI), y los servidores que esperan lo necesitan.",
    remedy: currentBrowser,
  },
  assetFailed: (name, reason) => ({
    message: `No se pudo cargar una parte de la máquina: ${name} (${reason}).`,
    remedy: "Revisa la conexión e intenta de nuevo; el navegador conserva lo que ya llegó.",
  }),
  components: {
    python: (version) =>
      `Compilado a WebAssembly por Pyodide ${version}; dos de sus funciones están cambiadas, para que los errores tengan los números y las palabras de Linux.`,
    packages: "Tal como están publicados en PyPI, sin parches.",
    operatingSystem: {
      name: "Sistema operativo",
      note: "Los procesos, sockets, señales, hilos y archivos son código nuestro bajo los módulos de Python publicados.",
    },
    shell: {
      name: "Shell",
      note: "sh, curl, ps, pip y los demás programas pequeños son nuestros, cada uno un proceso; imprimen lo que imprimen los de verdad.",
    },
  },
};
