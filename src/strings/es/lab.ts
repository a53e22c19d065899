// translationOf: 4320052374aa00b18909f847d0af542b7ae4c727b3b5ae4307279ecc10741f33
/** Every word of the lab, in Spanish. */
import type { labStrings as english } from "../en/lab.ts";
import type { Words } from "../translation.ts";
import { loadStrings } from "./lab-load.ts";
import { capital, counted, listed, ofThe, the, toThe } from "./spanish.ts";

const truths = { real: "real", replaced: "reemplazado", emulated: "emulado" };
const truthsOfMany = { real: "reales", replaced: "reemplazados", emulated: "emulados" };

export const labStrings: Words<typeof english> = {
  /** A point before decimals, as programs print them. */
  language: "es-419",
  listed,
  units: { ms: "ms", s: "s" },
  plans: loadStrings.plans,
  runs: loadStrings.runs,
  settings: loadStrings.settings,

  lab: {
    label: (title) => `Laboratorio: ${title}`,
    start: "Iniciar ambos servidores",
    stop: "Detener ambos servidores",
    share: "Compartir",
    reset: "Restablecer",
    resetDone: "Todo está como al principio.",
    putIn: "El laboratorio está listo para el ejercicio. Reinicia los servidores que estén en marcha.",
    undoReset: "Recuperar mis cambios",
    left: "Los servidores se detuvieron cuando saliste de la página. Lo que escribiste sigue aquí.",
    startAgain: "Iniciarlos de nuevo",
    restored: "Lo que cambiaste antes en este laboratorio está de vuelta. Restablecer trae el original.",
    notWritten: (path, errno) =>
      errno === "ENOSPC"
        ? `${path} no se escribió: el disco de esa computadora está lleno. Borra archivos en su shell o presiona Restablecer. Lo que escribiste sigue en el editor.`
        : `${path} no se escribió (${errno}). Lo que escribiste sigue en el editor. Restablecer trae el original.`,
    notKept:
      "Tu navegador no deja que esta página guarde nada: lo que escribas aquí se pierde cuando recargues o salgas.",
    otherTab:
      "Hay otro laboratorio en marcha en otra pestaña. Los dos comparten esta computadora: detén aquel antes de comparar cifras.",
  },

  shortcuts: {
    summary: "Teclas",
  },

  parts: {
    label: "Más de este laboratorio",
    everything: "Mostrar todo",
    less: "Mostrar solo lo necesario",
    also: "También en este laboratorio:",
    names: {
      panes: "Terminales y archivos",
      settings: "Ajustes",
      "by-hand": "Peticiones a mano",
      faults: "Averías",
    },
    sides: "Lado en pantalla",
  },

  machine: {
    progress: "Abriendo la máquina",
    retry: "Intentar de nuevo",
    emulated:
      "Este laboratorio se ejecuta en una PC emulada con un solo procesador: los programas de verdad, muchas veces más lentos. Compara los lados. Descarga unos 30\u00a0MB y ocupa medio gigabyte de memoria.",
    stalled:
      "Hace un rato que no llega nada. Puedes esperar, o detener e iniciar de nuevo: lo que ya llegó se conserva.",
    codeFailed: "No se pudo cargar el código del laboratorio.",
    codeFailedRemedy: "Revisa la conexión e intenta de nuevo. Si eso no ayuda, recarga la página.",
    failed: (message) => `No se pudo abrir la máquina: ${message}`,
    failedRemedy: "Intenta de nuevo. Lo que escribiste se conserva.",
    crashed: (message) => `La máquina dejó de funcionar: ${message}`,
  },

  machineSwitch: {
    label: "Máquina",
    names: { python: "Python", node: "Node", linux: "Linux" },
    about: {
      python: "Flask y gunicorn sobre CPython, en esta página. No necesita ningún otro sitio.",
      linux: "Un Debian completo en una PC emulada, en esta página. No necesita ningún otro sitio.",
      node: "El servidor propio de Node y un clúster, en el WebContainer de StackBlitz. Su entorno se carga de stackblitz.com.",
    },
    newTab: "Se abre en una pestaña propia, porque Node no puede ejecutarse en un marco de otro sitio.",
    check: "Comprobar Node aquí",
    withoutNode: "Continuar sin Node",
  },

  side: {
    command: "Comando",
    start: "Iniciar",
    restart: "Reiniciar",
    startNamed: (title) => `Iniciar ${the(title)}`,
    restartNamed: (title) => `Reiniciar ${the(title)}`,
    panes: (title) => `Paneles ${ofThe(title)}`,
    enlarge: "Del tamaño de la ventana",
    enlargeNamed: (title) => `Paneles ${ofThe(title)} del tamaño de la ventana`,
    shrink: "De vuelta a su lugar",
    terminal: "Terminal",
    shell: "Shell",
    browser: "Navegador",
    response: "Respuesta",
    idle: "Sin iniciar.",
    lanesRecorded: (state) => `${state} Los carriles muestran una ejecución grabada.`,
    kept: "(Ya estaba en marcha cuando se tomó la instantánea de esta computadora. Esto es lo que había escrito hasta entonces:)",
    notPrepared: (line) => `Sin iniciar: ${line} falló. La terminal dice por qué.`,
    stopping: "Deteniendo.",
    stopped: "Detenido.",
    startingSoon: "Iniciando.",
    opening: (step) => `${step}.`,
    startingProgram: "Iniciando: se está cargando el programa.",
    startingPort: "Iniciando: todavía no hay ningún puerto abierto.",
    startingWorkers: (up, expected) => `Iniciando: ${up} de ${expected} workers están listos.`,
    slow: "Esto tarda más de lo normal. La terminal muestra qué está haciendo el servidor.",
    nothingToAnswer:
      "No está en marcha: no queda ningún proceso que pueda responder. La terminal dice por qué: corrige el archivo o el comando e inícialo de nuevo.",
    running: (port, workers) =>
      workers === undefined
        ? `En marcha en el puerto ${port}.`
        : `En marcha en el puerto ${port} con ${counted(workers, "worker", "workers")}.`,
    fromShell: (port) => `Un servidor iniciado en el shell escucha en el puerto ${port}.`,
    runningWithoutPort: "En marcha, pero nada escucha en un puerto.",
    ownPort: (own, named) =>
      `La propia app escucha en el puerto ${own}, mientras que el puerto del comando es el ${named}: el archivo que se importa inicia un servidor propio, y su importación no termina. Pon esa llamada detrás de if __name__ == "__main__":.`,
    exitedBeforeAnswering: (code) =>
      `El servidor terminó con el código ${code} antes de escuchar en un puerto. La terminal dice por qué: corrige el archivo o el comando e inícialo de nuevo.`,
    lastError: (error) => `El último error en ella: “${error}”.`,
    exited: (code) => `El servidor terminó con el código ${code}. Inícialo de nuevo con el botón junto a su comando.`,
    killed: (signal) =>
      `${signal} terminó el servidor y nada inició otro. Inícialo de nuevo con el botón junto a su comando.`,
    tookOver: (successor) => `El proceso ${successor} tomó el relevo: el que se inició aquí ha terminado.`,
    successorExited: (successor) =>
      `El proceso ${successor}, que había tomado el relevo, también terminó. Inicia el servidor de nuevo con el botón junto a su comando.`,
    commandChanged: "El comando ha cambiado. Reinicia para ejecutarlo.",
    edited:
      "Un archivo ha cambiado desde que se inició este servidor. Si no se ha recargado desde entonces, reinícialo para desplegar el cambio.",
    failed: (message) => `No se pudo iniciar el servidor: ${message}`,
    failedRemedy: "Corrige el comando e inícialo de nuevo.",
  },

  command: {
    empty: "Primero escribe un comando.",
    unclosedQuote: (quote, column) => `La comilla ${quote} de la columna ${column} no está cerrada.`,
    trailingBackslash: "Después de la barra invertida del final no hay nada.",
    hiddenCharacter: (character, column) =>
      `El carácter de la columna ${column} no se ve o no es lo que parece: ${character}. Bórralo o escribe el comando de nuevo.`,
    operator: (operator) =>
      `Aquí se ejecuta un solo programa, sin shell: ${operator} no significa nada. Ponlo entre comillas si es para el programa.`,
  },

  workers: {
    label: "Workers",
    none: "No hay ningún proceso en marcha.",
    kill: "Matar",
    killNamed: (pid) => `Matar el worker ${pid}`,
    main: (pid) => `iniciado por el proceso maestro ${pid}`,
    killMainNamed: (pid) => `Matar el proceso maestro ${pid}`,
    ended: "terminado",
    proxy: "proxy",
    waitsInHandler: "espera en un handler",
    waitsInHandlerMeaning: "Un handler espera en él: tiene la petición en la mano, y no se calcula nada.",
    streams: (count) => `envía ${counted(count, "flujo", "flujos")}`,
    states: {
      starting: "iniciando",
      running: "en ejecución",
      waiting: "inactivo",
      stopped: "detenido por una señal",
      zombie: "terminado",
    },
    requests: (count, one) => `${count} ${one ? "petición" : "peticiones"}`,
    requestsInRun: (count) => `${count} en la ejecución`,
    requestsInAll: (count) => `${count} en total`,
    waiting: (count) => `${count} en cola`,
    queue: "Cola",
    lanesSeen: (title, processes, atOnce, waiting) =>
      `En la última ejecución, ${the(title)} atendió peticiones en ${counted(processes, "proceso", "procesos")}, como máximo ${counted(atOnce, "petición", "peticiones")} a la vez; como máximo ${counted(waiting, "petición estuvo", "peticiones estuvieron")} en cola.`,
    inWords: "Los carriles de la última ejecución, en palabras y en una tabla",
    tableOf: (title) => `Qué hicieron los workers ${ofThe(title)} en la última ejecución`,
    columns: ["Worker", "Hilos", "Peticiones", "Fallidas", "Trabajando"],
    noLanes: "Esta máquina no informa sobre cada petición, así que no se dibuja ninguna.",
    seconds: (seconds) => `${seconds}\u00a0s`,
    ago: (seconds) => `hace ${seconds}\u00a0s`,
    now: "ahora",
    flow: ["Usuarios", "Cola", "Workers", "Respondidas"],
    perDot: (requests) => `1 punto = ${requests} peticiones`,
    legendWorking: "respondida",
    legendWaiting: "en cola",
    legendFailed: "fallida",
    legendStream: "flujo",
    legendLeft: "sigue trabajando, pero nadie espera",
  },

  terminal: {
    input: (title) => `Terminal ${ofThe(title)}`,
    failed: "No se pudo cargar la terminal. Revisa la conexión y recarga la página.",
    tools: "Buscar y copiar",
    search: "Buscar",
    searchIn: "Buscar en lo que se muestra",
    found: (at, count) => (count === "0" ? "no se encontró" : `${at} de ${count}`),
    older: "El anterior",
    newer: "El siguiente",
    endSearch: "Terminar la búsqueda",
    copy: "Copiar",
    copied: "Copiado.",
    notCopied: "Tu navegador no lo permite: selecciona el texto y presiona Ctrl+C.",
    asWritten: "Tal como se escribió",
    asWrittenMeaning:
      "Cada línea como la escribió el servidor: las peticiones repetidas una por una, sin líneas partidas entre palabras, con las marcas de tiempo como lo demás",
  },

  shell: {
    hint: "Un shell en la computadora de este lado, junto a su servidor: pregúntale con curl, mira con ps aux, inicia servidores a mano.",
    open: "Abrir un shell",
    openNamed: (title) => `Abrir un shell junto ${toThe(title)}`,
    input: (title) => `Shell junto ${toThe(title)}`,
    ended: "El shell terminó. Presiona Enter para abrir otro.",
    failed: (message) => `No se pudo abrir el shell: ${message}`,
  },

  manual: {
    label: (title) => `Peticiones a mano ${toThe(title)}`,
    list: (title) => `Peticiones enviadas a mano ${toThe(title)}`,
    path: "Ruta",
    send: "Enviar una petición",
    notSent: {
      "bad path": () => "Una ruta comienza con /.",
      "not running": (title) =>
        `${capital(the(title))} no escucha en ningún puerto. Primero hay que iniciar el servidor.`,
      "too many": () => "Hay demasiadas peticiones en curso. Espera a que termine una.",
    },
    number: (number) => `#${number}`,
    named: (number, path, stage) => `Petición ${number}, ${path}: ${stage}`,
    sent: "enviada",
    inBacklog: "espera en el backlog",
    taken: (worker) => `la tiene ${worker}`,
    answering: (worker) => `responde ${worker}`,
    worker: (pid) => `worker ${pid}`,
    thread: (tid) => `hilo ${tid}`,
    answered: (status, time) => `${status} en ${time}`,
    waited: (time) => `tras esperarlo ${time}`,
    failed: (time) => `falló tras ${time}`,
  },

  faults: {
    label: (title) => `Averías ${ofThe(title)}`,
    heading: "Averías",
    names: {
      kill: "Matar un worker",
      hang: "Colgar un worker",
      "slow-client": "Cliente lento",
      leak: "Fugar memoria",
      deploy: "Desplegar",
    },
    endSlowClients: "Terminar los clientes lentos",
    hints: {
      kill: "Envía SIGKILL al worker más ocupado.",
      hang: "Pide una página cuyo handler nunca termina.",
      "slow-client": "Conecta cuatro clientes que envían un byte de su petición por segundo.",
      leak: "Pide cinco veces una página cuyo handler se queda con 10\u00a0MB cada vez.",
      deploy: "Aumenta VERSION en app.py y luego despliega el cambio del modo que este servidor necesita.",
    },
    marks: {
      kill: () => "matar",
      hang: () => "colgar",
      "slow-client": () => "clientes lentos",
      leak: () => "fuga",
      deploy: () => "despliegue",
      inUse: (version) => `versión ${version}`,
    },
    inRun: (seconds) => `a los ${seconds}\u00a0s`,
    marked: (marks) =>
      `Sucesos de esta ejecución: ${listed(marks.map(([word, seconds]) => `${word} a los ${seconds}\u00a0s`))}.`,
    failed: (message) => `Eso no funcionó: ${message}.`,
    megabytes: (megabytes) => `${megabytes}\u00a0MB`,
    memory: (memory) => `memoria ${memory}`,
  },

  file: {
    label: (path) => `Archivo ${path}`,
    notUnderstood: "El analizador del editor no entiende el texto a partir de aquí.",
    mistake: (line, column) =>
      `Línea ${line}, columna ${column}: el analizador del editor no entiende el texto a partir de aquí. El servidor mismo dice más cuando se inicia.`,
    edited: "Un cambio aquí vale para ambos lados. Un servidor sin recarga automática lo ejecuta cuando se reinicia.",
    hasMistake: "(tiene un error)",
    fileHasMistake: (path, line) => `Parece que ${path} tiene un error en la línea ${line}.`,
  },

  load: {
    label: "Prueba de carga",
    plan: "Plan",
    run: "Ejecutar prueba de carga",
    hint: "Todavía no hay nada en marcha. Ejecutar prueba de carga inicia ambos servidores y luego les envía peticiones como dice el plan.",
    ready: "Los dos servidores están en marcha. Elige un plan y ejecútalo.",
    gettingReady: "Los servidores se están iniciando. La prueba de carga comienza en cuanto estén listos los dos.",
    charts: "Gráficas de la ejecución",
    recorded: "Ejecución grabada",
    stop: "Detener prueba de carga",
    hiddenNow:
      "La página estuvo oculta durante esta ejecución. Los navegadores frenan las páginas ocultas, así que la ejecución queda marcada.",
    startFirst: "Primero inicia ambos servidores: la prueba de carga envía peticiones a los dos.",
    notRunning: (titles) =>
      titles.length === 1
        ? `${capital(listed(titles.map(the)))} no escucha en ningún puerto, así que no hay nada que comparar. Inicia ese lado de nuevo y luego ejecuta la prueba de carga.`
        : `${capital(listed(titles.map(the)))} no escuchan en ningún puerto, así que no hay nada que comparar. Inícialos de nuevo y luego ejecuta la prueba de carga.`,
    startMissing: "Iniciar lo que falta",
    failed: (message) => `La prueba de carga no pudo continuar: ${message}`,
    together: "Se están probando los dos servidores al mismo tiempo.",
    asking: (title) => `Se está probando ${the(title)}.`,
    warmingUp: (title) => `Calentando ${the(title)}.`,
    skipWarmUp: "Omitir",
    skipWarmUpNamed: "Omitir el calentamiento",
    warmUpMeaning:
      "Las primeras respuestas tardan más que las siguientes. Mientras el servidor se calienta, no se cuenta ninguna.",
    perSecond: "/s",
  },

  predict: {
    side: (title) => capital(the(title)),
    alike: "Más o menos igual",
    noted: "Anotado. El laboratorio de abajo compara esto con la primera ejecución de este plan.",
    asSaid: (choice, shown) => `Dijiste “${choice}”; la ejecución muestra lo mismo: ${shown}.`,
    otherwise: (choice, shown) => `Dijiste “${choice}”; la ejecución muestra otra cosa: ${shown}.`,
    waits: "Esta ejecución no permite decidir. Tu predicción se compara con la próxima.",
    unpredicted: (shown) => `Para este plan no predijiste nada. La primera ejecución mostró: ${shown}.`,
    shownMore: {
      rate: (title, more, less) => `${the(title)} respondió más peticiones por segundo (${more} contra ${less})`,
      median: (title, more, less) =>
        `en ${the(title)} la mitad de las respuestas tardó más de ${more}; en el otro lado, más de ${less}`,
      failed: (title, more, less) => `en ${the(title)} fallaron más peticiones (${more} contra ${less})`,
      contradictory: (title, more, less) =>
        `en ${the(title)} más respuestas contradijeron una anterior (${more} contra ${less})`,
    },
    shownAlike: {
      rate: (development, production) =>
        `los dos respondieron más o menos las mismas peticiones por segundo (${development} y ${production})`,
      median: (development, production) =>
        `la latencia mediana fue más o menos igual en los dos (${development} y ${production})`,
      failed: (development, production) =>
        `en los dos fallaron más o menos las mismas peticiones (${development} y ${production})`,
      contradictory: (development, production) =>
        `en los dos contradijeron una anterior más o menos las mismas respuestas (${development} y ${production})`,
    },
  },

  results: {
    ...loadStrings.results,
    label: "Resultados de la prueba de carga",
    empty:
      "Aquí aparece el resultado de una prueba de carga: lo que pasó, en una frase, y las cifras de los dos lados.",
    coming: "El resultado de esta ejecución aparece aquí cuando termine.",
    measure: "Medida",
    rate: "Peticiones por segundo",
    median: "Latencia mediana",
    p95: "Percentil 95",
    p99: "Percentil 99",
    errors: "Errores",
    noFigure: "sin cifra: muy pocas respuestas",
    notAsked: "no se probó",
  },

  trust: {
    summary: "Hasta dónde confiar en estas cifras",
    compare: "Las cifras medidas en una página no son las de un servidor de verdad: compara los dos lados.",
    truths,
    truthMeanings: {
      real: "el código publicado, sin modificar",
      replaced: "código nuestro bajo la interfaz publicada",
      emulated: "código de verdad en una computadora emulada",
    },
    count: (count, truth) => `${count} ${count === 1 ? truths[truth] : truthsOfMany[truth]}`,
    partsSummary: (counts) => `Qué es real aquí: ${listed(counts)}`,
    componentTitle: (name, version) => (version === undefined ? name : `${name} ${version}`),
  },
};
