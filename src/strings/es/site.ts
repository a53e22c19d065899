// translationOf: 51dd2c8d18304317d456b1dcdaa5bbd16667027e104ff6129ebe51e33afc27cd
/** Every word of the interface, in Spanish. */
import type { siteStrings as english } from "../en/site.ts";
import type { Words } from "../translation.ts";
import { listed } from "./spanish.ts";

export const siteStrings: Words<typeof english> = {
  site: {
    title: "Two Servers",
    description: "Lecciones breves sobre una pregunta: ¿por qué no usar simplemente flask run en producción?",
    lessons: "Lecciones",
    concepts: "Conceptos",
    frameworks: "Otros frameworks",
    version: (version, date) => `Two Servers ${version}, ${date}`,
  },
  landing: {
    question: "¿Por qué no usar simplemente <code>flask run</code> en producción?",
    answer:
      "Averígualo probando. Dos servidores de verdad se ejecutan lado a lado en esta página: cárgalos, rómpelos, reinícialos y lee por qué son distintos.",
    courseMap: "El curso",
    frameworks: "La misma pregunta en otros frameworks",
    firstLesson: "Empezar la lección 1",
    allLessons: "Todas las lecciones",
    startHere: "Empieza aquí",
    goOn: "Sigue aquí",
    parts: [
      { title: "Por qué no el servidor de desarrollo", from: 1 },
      { title: "Qué hace un servidor con una petición", from: 3 },
      { title: "Servidores para producción", from: 6 },
      { title: "Cuando algo sale mal", from: 9 },
      { title: "Delante del servidor y a su alrededor", from: 12 },
      { title: "Todo junto", from: 15 },
      { title: "Segunda parte: más de un worker", from: 18 },
    ],
    paths: "¿Cuánto tiempo tienes?",
    pathsThrough: [
      { title: "Una hora", why: "Ves por qué nadie usa el servidor de desarrollo en producción.", lessons: [1, 5] },
      {
        title: "Una tarde",
        why: "Puedes elegir workers y tiempos límite, y desplegar sin perder una petición.",
        lessons: [1, 2, 5, 6, 7, 9, 10],
      },
      {
        title: "Dos semanas",
        why: "Una o dos lecciones al día, hasta una configuración de producción que puedes defender.",
        lessons: undefined,
      },
    ],
    wholeCourse: (lessons) => `Las ${lessons} lecciones, en orden`,
    hours: (hours) => `unas ${hours} horas`,
    forWhom: "Para quién es",
    readers: (lessons, minutes) => [
      "Para ti, si has escrito una app de Flask con una o dos rutas y quieres ponerla en un servidor.",
      `${lessons} lecciones de unos ${minutes} minutos, casi todas con un laboratorio en la página: sin instalar nada, sin cuenta, gratis.`,
      "También para enseñar: en la página para docentes hay diapositivas, hojas para imprimir, respuestas y HTML para la página de tu curso.",
    ],
    links: "Más de este sitio",
    minutes: (minutes) => `${minutes} minutos`,
  },
  missing: {
    title: "Esa página no existe",
    explanation:
      "La dirección no lleva a ninguna parte de este sitio: puede estar mal escrita, o ser más vieja que la página.",
    home: "Ir a la primera página",
    search: "Buscar lecciones y términos",
  },
  lesson: {
    facts: "Sobre esta lección",
    objectives: "Después de esta lección puedes",
    prerequisites: "Antes de empezar",
    time: "Tiempo",
    difficulty: "Dificultad",
    optional: "opcional",
    difficulties: { easy: "fácil", medium: "media", hard: "difícil" },
    sources: "Fuentes",
    relatedConcepts: "Conceptos relacionados",
    usedIn: "Dónde aparece",
    dated: (date, review) => `Escrito el ${date}; próxima revisión, a más tardar el ${review}.`,
  },
  claim: {
    checked: "Comprobado: una prueba lo ejecuta en el laboratorio",
    source: (host) => `Fuente: ${host}`,
    meaning:
      "marca una afirmación que una prueba automática comprueba en el laboratorio, en un navegador, cada vez que algo cambia.",
  },
  recorded: {
    meaning: "Las cifras de este texto se grabaron en los laboratorios. Las tuyas serán otras; compara los dos lados.",
    run: (plan, servers) => `“${plan}” con ${listed(servers)}.`,
    on: ({ processor, cores, browser }, date) =>
      `Grabado el ${date} en ${browser}, con ${processor}, ${cores} núcleos.`,
  },
  instructors: {
    title: "Para docentes",
    lessonTitle: (lesson) => `Enseñar “${lesson}”`,
    lessonDescription: (lesson) =>
      `Ayuda para enseñar la lección “${lesson}”: ideas equivocadas, preguntas, lo que sale mal y las respuestas.`,
    lesson: "La lección",
    lab: (title) => `El laboratorio “${title}” solo`,
    handout: "Hoja para imprimir",
    handoutKey: "Hoja con las respuestas, para docentes",
    all: "Todas las lecciones",
    embedHeading: "En la página de tu curso",
    embed: "El laboratorio solo en un marco, con la dirección de tu servidor:",
    objectives: "Después de la lección, los estudiantes pueden",
    prerequisites: "Deberían cumplir",
    misconceptions: "Lo que creen los estudiantes",
    says: "Dicen",
    really: "En realidad",
    ask: "Qué preguntar",
    goesWrong: "Qué sale mal en clase",
    what: "Si",
    remedy: "Entonces",
    faults: "Las averías",
    faultColumns: { symptom: "Qué ven los usuarios", cause: "Por qué", repair: "Cómo se arregla" },
    results: "Resultados en otros lugares",
    resultsNote:
      "Ejecuciones grabadas del laboratorio. Las cifras de tu aula serán otras; el lado que va adelante debería ser el mismo.",
    plan: "Plan",
    rateAndMedian: (rate, median) => `${rate}, mediana ${median}`,
    answers: "Respuestas",
    showAnswers: "Mostrar las respuestas",
    right: "correcta",
    ofSide: { development: "Lado de desarrollo", production: "Lado de producción" },
    notes: "Notas",
    notesOn: (lesson) => `Notas sobre “${lesson}”`,
    handoutShort: "Hoja",
    handoutOf: (lesson) => `Hoja de “${lesson}”`,
    minutes: "Minutos",
    noLessons: "Las lecciones de esta sesión todavía no están en este sitio.",
    afterwards: "Después de la lección, los estudiantes pueden:",
    readingTime: (minutes) => `Leer la lección y ejecutar sus laboratorios le toma a una persona ${minutes} minutos.`,
    lessonColumn: "Lección",
    columns: "Para la clase",
  },
  handout: {
    title: (lesson) => `Hoja: ${lesson}`,
    description: (lesson) => `La lección “${lesson}” en papel, con espacio para escribir.`,
    pages: "Páginas",
    lesson: "La lección",
    notes: "Notas para docentes",
    print: "Imprime esta página desde tu navegador. Cabe en A4 y en carta.",
    all: "Todas las hojas",
    edition: { student: "Para estudiantes", teacher: "Con las respuestas, para docentes" },
    keyTitle: (lesson) => `Respuestas: ${lesson}`,
    keyDescription: (lesson) => `La hoja de “${lesson}” con sus respuestas, para docentes.`,
    key: "Respuestas",
    keyPredictions: "Predicciones",
    keyTasks: "Ejercicios: una solución entre varias",
    keyTasksHint: "Las líneas que empiezan con - se reemplazan por las que empiezan con +.",
    keyQuiz: "Cuestionario",
    recordedAnswer: (answer) =>
      `${answer}, en una ejecución grabada. En el aula, el laboratorio puede dar otra cosa si los dos lados están cerca.`,
    runAnswers: "Lo responde la primera ejecución de este plan.",
    indexTitle: "Hojas y cuadernillos",
    indexDescription:
      "Todas las lecciones en papel: con espacio para escribir, para estudiantes; con las respuestas, para docentes; una por una o todas en un cuadernillo.",
    indexIntroduction:
      "Las hojas para estudiantes tienen líneas para escribir y no traen las respuestas del cuestionario; las hojas para docentes traen las respuestas al final. Imprímelas desde tu navegador: caben en A4 y en carta, y en un cuadernillo cada lección empieza en una página nueva. La dirección y el código QR son los de esta copia del sitio.",
    bookletOf: {
      student: "Cuadernillo para estudiantes",
      teacher: "Cuadernillo con todas las respuestas, para docentes",
    },
    bookletDescription: {
      student: "Todas las lecciones en papel, con espacio para escribir.",
      teacher: "Todas las lecciones en papel, cada una con sus respuestas.",
    },
    contents: "Contenido",
    rubric: "Rúbrica para la última tarea",
    name: "Nombre",
    date: "Fecha",
    plan: "Plan",
    results: "Peticiones por segundo y latencia mediana que viste",
    because: "Porque",
    questions: "Preguntas que tengo",
    sources: "Fuentes",
  },
  staticLab: {
    label: (title) => `Laboratorio: ${title}`,
    needsScript: "Este laboratorio se ejecuta en tu navegador y necesita JavaScript. Esto es lo que ejecuta.",
    plans: "Planes de carga",
    alone: "Abrir este laboratorio en su propia página",
  },
  checkNode: {
    title: "Comprobar la máquina Node",
    description:
      "Prueba en un WebContainer de verdad lo que la máquina Node da por hecho, y muestra una tabla para un informe de error.",
    intro:
      "La máquina Node funciona sobre WebContainer, de StackBlitz, al que no llegan las pruebas de este sitio. Esta página inicia uno y prueba lo que la máquina da por hecho. Tarda más o menos un minuto y carga WebContainer desde stackblitz.com.",
    needsScript: "La comprobación necesita JavaScript.",
    run: "Ejecutar las comprobaciones",
    running: (done, all) => `${done} de ${all} comprobaciones hechas.`,
    booting: "Iniciando WebContainer.",
    done: "Listo. Copia la tabla en un informe de error.",
    isolating:
      "La página se recargará aislada de otros orígenes, como lo exige WebContainer. Después presiona el botón de nuevo.",
    copy: "Copiar como texto",
    copied: "Copiado.",
    table: "Resultados",
    columns: { check: "Qué", result: "Resultado", detail: "Detalle" },
    results: { works: "funciona", "does not": "no funciona", "no answer": "sin respuesta" },
    asText: "Lo mismo como texto",
  },
  moved: {
    title: "Esta lección cambió de lugar",
    now: "Ir a donde está ahora",
  },
  truth: {
    title: "Qué es real",
    description:
      "Qué partes de los laboratorios son los programas publicados, cuáles están reemplazadas y cómo se comprobó cada una.",
    introduction:
      "Los servidores de los laboratorios son los que tú instalarías. No se ejecutan en una laptop, sino en una página web. Aquí se dice dónde puedes notar la diferencia.",
    labelsHeading: "Tres etiquetas",
    labels: [
      { label: "real", meaning: "El código publicado, sin modificar." },
      { label: "reemplazado", meaning: "Código nuestro detrás de la interfaz publicada." },
      { label: "emulado", meaning: "Código real en una computadora emulada." },
    ],
    pythonHeading: "La máquina Python",
    pythonIntroduction:
      "CPython, Flask, Werkzeug, gunicorn y waitress son reales. Los módulos en C que necesitan un sistema operativo están reemplazados. Cada parte nombra la prueba que la comprueba.",
    packagesHeading: "Paquetes para la máquina Python",
    packagesIntroduction:
      "Esto es lo que pip install encuentra en la máquina Python. Son los wheels publicados, sin código nativo para otras plataformas, sin anotaciones de tipos ni fuentes de traducciones, y con su bytecode. El texto de cada licencia se instala con su paquete.",
    packagesSummary: (count) => `${count} paquetes y sus licencias`,
    packageColumns: ["Paquete", "Versión", "Licencia"],
    linuxHeading: "La máquina Linux",
    linuxIntroduction:
      "Un Debian entero con los programas en C: nginx, uWSGI, systemd, y los mismos Flask y gunicorn. Todo es el código publicado; lo que está emulado es la computadora.",
    linuxPackages: "Todos los paquetes con sus versiones, y dónde están sus fuentes",
    linuxMissing: "Esta copia del sitio se construyó sin su imagen; npm run linux:image la crea.",
    linuxAge:
      "Es Debian 13, con nginx 1.26, uWSGI 2.0.28, systemd 257 y Python 3.13. Debian 13 no tiene kernel para el procesador de 32 bits de esta PC emulada, así que el kernel se construye con el código que mantiene Debian 12, Linux 6.1. En nginx 1.26 las conexiones hacia atrás se cierran después de cada petición si la configuración no dice otra cosa; desde 1.29.7, nginx las conserva. Lo que enseñan las lecciones vale para ambos.",
    aside: (what) => `${what}, en la página:`,
    noticed: "Lo que un programa puede notar:",
    heldBy: "Lo comprueba",
    differencesHeading: "Comparación con los servidores nativos",
    differencesIntroduction:
      "Un script ejecuta los mismos casos de forma nativa y en la página: líneas de arranque, textos de error, cabeceras, señales, tiempos límite, reinicios, peticiones mal formadas (e2e/reference). Coinciden en todos los campos, salvo en estos:",
    noDifferences:
      "Un script ejecuta los mismos casos de forma nativa y en la página: líneas de arranque, textos de error, cabeceras, señales, tiempos límite, reinicios, peticiones mal formadas (e2e/reference). Coinciden campo por campo.",
    differenceColumns: ["Caso", "Paso", "Campo", "Por qué es distinto"],
    reference:
      "Las cifras que se miden en una página no son las de un servidor real: el navegador comparte su computadora contigo. Compara entre sí los dos lados de un laboratorio.",
  },
  openGraph: {
    question: "¿Por qué no usar simplemente flask run en producción?",
    alt: (title) =>
      `${title} Debajo, dos paneles: un servidor de desarrollo y un servidor de producción, cada uno con su comando.`,
  },
  embed: {
    lesson: "Del curso",
    wholeLab: "Abrir el laboratorio completo: terminales, archivos y más planes",
  },
};
