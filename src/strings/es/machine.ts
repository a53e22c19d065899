// translationOf: 6c8a3b02517dbf8deed556b9c35080c40dc39d872ce1aa6c49da35b966da46d7
/** What machines say in the page, in Spanish. Their workers and frames say their steps in English. */
import type {
  sealedFrameStrings as englishFrame,
  linuxMachineStrings as englishLinux,
  nodeMachineStrings as englishNode,
  downloadProblems as englishProblems,
  pythonMachineStrings as englishPython,
  machineSteps as englishSteps,
} from "../en/machine.ts";
import type { Words } from "../translation.ts";
import { listed } from "./spanish.ts";

/** The steps of opening a machine, without a full stop. */
export const machineSteps: Words<typeof englishSteps> = {
  loadingPython: (loaded, total) => `Cargando CPython, ${loaded} de ${total}\u00a0MB`,
  compilingPython: "Compilando CPython",
  importingServers: "Iniciando CPython e importando los servidores",
  startingKernel: "Iniciando el kernel",
  loadingDebian: (loaded, total) => `Cargando Debian, ${loaded} de ${total}\u00a0MB`,
  preparingDebian: (step, percent) => `Preparando Debian, ${percent}\u00a0%: ${step}`,
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
  bootFailed: (reason) => ({ message: `La máquina Python no se inició: ${reason}`, remedy: reload }),
  kernelCrashed: (reason) => ({
    message: `El kernel de la máquina Python se detuvo: ${reason}`,
    remedy: startAgain,
  }),
  lineBroken: (reason) => ({
    message: `La máquina Python dijo algo que no debe decir (${reason}) y se detuvo.`,
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

/** The Linux machine. */
export const linuxMachineStrings: Words<typeof englishLinux> = {
  partOfDisc: (index) => `parte ${index} del disco`,
  filesAreGone: "este Debian perdió archivos que necesita. Restablecer lo deja como estaba.",
  noWebAssembly: {
    message: "Este navegador no tiene WebAssembly, que la PC emulada necesita.",
    remedy: currentBrowser,
  },
  tooSmallDevice: {
    message: "La máquina Linux ocupa 700\u00a0MB de memoria, más de lo que este dispositivo puede dar.",
    remedy:
      "Usa una computadora con 4\u00a0GB o más; las lecciones que se ejecutan en la máquina Python funcionan aquí.",
  },
  outOfMemory: {
    message: "Al navegador no le queda suficiente memoria para la máquina Linux.",
    remedy: "Cierra otras pestañas e intenta de nuevo.",
  },
  bootFailed: (reason) => ({ message: `La máquina Linux no se inició: ${reason}`, remedy: reload }),
  guestEnded: (reason) => ({ message: `El Linux de la página se detuvo: ${reason}`, remedy: startAgain }),
  situationMissing: (name) => ({
    message: `La imagen de Linux de este sitio no tiene una instantánea de lo que este laboratorio necesita (${name}).`,
    remedy: "Quien aloja el sitio puede agregarla con npm run linux:image; las demás lecciones funcionan sin ella.",
  }),
  imageMissing: {
    message: "Esta copia del sitio no tiene una imagen de Linux.",
    remedy: "Quien la aloja puede agregar una con npm run linux:image; las demás lecciones funcionan sin ella.",
  },
  preparationFailed: (reason) => ({
    message: `Esta computadora no pudo crear la imagen de Linux: ${reason}`,
    remedy: "Cuando eso esté resuelto, inicia el sitio de nuevo; las demás lecciones funcionan sin ella.",
  }),
  downloadBroken: (name, reason) => ({
    message: `No se pudo cargar una parte de la imagen de Linux: ${name} (${reason}).`,
    remedy: "Revisa la conexión e intenta de nuevo; el navegador conserva lo que ya llegó.",
  }),
  components: {
    programs: "El programa publicado, en la PC emulada.",
    computer: {
      name: "PC",
      note: "v86 emula en WebAssembly una PC con un procesador, muchas veces más lenta que esta computadora. Compara los lados, no las cifras.",
    },
    debian: "Los paquetes tal como Debian los publica, sin manuales ni traducciones.",
    kernel: "El código fuente de Debian, compilado para la PC emulada.",
    watcher: {
      name: "Observador de conexiones",
      note: "Una biblioteca pequeña anota qué proceso acepta una conexión, para que el laboratorio pueda mostrarlo. Las peticiones de esta página vienen de 10.0.N.1.",
    },
  },
};

const orPython = "O elige Python, que siempre funciona.";

/** The Node machine. */
export const nodeMachineStrings: Words<typeof englishNode> = {
  bootFailures: {
    "not-isolated": {
      message: "Esta página no está aislada de otros sitios, y WebContainer lo necesita.",
      remedy: `Abre el laboratorio en una pestaña propia, por HTTPS o en localhost. ${orPython}`,
    },
    "network-blocked": {
      message: "WebContainer no respondió: parece que esta red bloquea sus hosts, o que están caídos.",
      remedy: (hosts) =>
        `Pide a quien administra la red que permita ${listed(hosts)}, y luego recarga la página. ${orPython}`,
    },
    "cookies-blocked": {
      message: "El navegador no deja que WebContainer guarde nada, porque bloquea las cookies de terceros.",
      remedy: `Permite las cookies y los datos de sitio de stackblitz.com en los ajustes del navegador, y luego recarga la página. ${orPython}`,
    },
    "out-of-memory": {
      message: "No hubo suficiente memoria para WebContainer.",
      remedy: `Cierra otras pestañas, sobre todo las que tengan su propio WebContainer, y luego recarga la página. ${orPython}`,
    },
    "unsupported-browser": {
      message: "A este navegador le falta lo que WebContainer necesita (memoria compartida y service workers).",
      remedy: `Usa un Chrome, Edge, Firefox o Safari actual en una computadora. ${orPython}`,
    },
    "second-instance": {
      message: "Una página puede tener un solo WebContainer, y esta ya lo tiene, o hay demasiados en otras pestañas.",
      remedy: `Cierra los demás laboratorios y pestañas que ejecutan Node, y luego recarga la página. ${orPython}`,
    },
    "api-key-refused": {
      message: "StackBlitz rechazó la clave de API de este sitio.",
      remedy: `Avisa a quien administra este sitio que debe corregir PUBLIC_WEBCONTAINER_API_KEY. ${orPython}`,
    },
    unknown: {
      message: "WebContainer no se inició.",
      remedy: `Recarga la página e intenta de nuevo. ${orPython}`,
    },
  },
  withDetail: (message, detail) => `${message} Dijo: ${detail}`,
  assetFailed: (name, reason) => ({
    message: `No se pudo cargar una parte de la máquina: ${name} (${reason}).`,
    remedy: "Revisa la conexión e intenta de nuevo.",
  }),
  died: (what) => ({
    message: `WebContainer terminó. ${what}`,
    remedy:
      "Recarga la página e inicia de nuevo; si vuelve a ocurrir, cierra otras pestañas para liberar memoria, o elige Python.",
  }),
  noAnswer: "Ya nada responde dentro de él.",
  agentEnded: (printed) => `Su agente terminó. ${printed}`.trim(),
  components: {
    node: "El WebContainer de StackBlitz: la biblioteca del propio Node sobre un sistema operativo y una red escritos para la página.",
    servers: {
      name: "Servidores del laboratorio",
      note: "Programas de Node sin nada especial: los mismos archivos se ejecutan en cualquier computadora.",
    },
    processTable: {
      name: "Tabla de procesos",
      note: "WebContainer no tiene ninguna. Un script nuestro, que se carga antes de cada programa con --require, informa de su proceso.",
    },
  },
};
