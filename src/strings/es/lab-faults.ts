// translationOf: 2b3fede0774dd7a6f484e6004c4bc13bd54ff9d81340afd7a4e5bd5f3ecd1da7
/** What the faults say of what they did, in Spanish. */
import type { faultStrings as english } from "../en/lab-faults.ts";
import type { Words } from "../translation.ts";
import { capital, counted, listed, ofThe, the } from "./spanish.ts";

export const faultStrings: Words<typeof english> = {
  after: (time) => `Eso fue tras ${time}.`,
  noProcess: (title) =>
    `No hay ningún proceso ${ofThe(title)} en marcha, así que no hay nada que matar. Primero hay que iniciar el servidor.`,
  notRunning: (title, alive) =>
    alive
      ? `${capital(the(title))} todavía no escucha en ningún puerto. Espera a que escuche.`
      : `${capital(the(title))} no escucha en ningún puerto. Primero hay que iniciar el servidor.`,
  killed: (pid, worker, inHand) =>
    `${worker ? `El worker ${pid}` : `El servidor, proceso ${pid},`} recibió SIGKILL con ${counted(inHand, "petición", "peticiones")} en la mano.`,
  replaced: (pid, time) => `El worker ${pid} tomó su lugar tras ${time}.`,
  notReplaced: "Nadie ha tomado su lugar.",
  hanging: (path) => `Se pidió ${path} una vez: su handler nunca termina.`,
  hangsIn: (pid) => `El proceso ${pid} está atascado en él.`,
  hangAnswered: (status) => `Terminó con el estado ${status}.`,
  hangEnded: (message) => `No llegó ninguna respuesta: ${message}.`,
  slowConnected: (count) =>
    `${counted(count, "cliente lento conectado, que envía", "clientes lentos conectados, que envían")} un byte por segundo.`,
  slowOver: (count, byServer, time) =>
    byServer === 0
      ? `${counted(count, "cliente lento cerró su conexión", "clientes lentos cerraron su conexión")} tras ${time}.`
      : `Había ${counted(count, "cliente lento conectado", "clientes lentos conectados")}. El servidor les cerró la conexión a ${byServer}; el último se fue tras ${time}.`,
  leaking: (count, path) => `Se pidió ${path} ${counted(count, "vez", "veces")}.`,
  leaked: (before, after) => `Los procesos que ya estaban usaban ${before} de memoria, y ahora usan ${after}.`,
  leakRefused: (path) => `${path} respondió con un error: la app no tiene un handler que se quede con memoria.`,
  tooMuchMemory: (title, memory) =>
    `${capital(the(title))} ya usa ${memory} de la memoria de esta computadora. Un reinicio libera esa memoria.`,
  deploying: "Hay un despliegue en curso. Espera a que esté en uso.",
  noVersion:
    "Ningún archivo tiene una línea VERSION = 1 cuyo número se pueda aumentar. Edita tú un archivo y luego presiona Desplegar.",
  written: (version) => `Se escribió la versión ${version} de la app.`,
  ways: {
    reloader: "El recargador vigila el archivo y reinicia la app.",
    SIGHUP: "El proceso maestro de gunicorn recibió SIGHUP: inicia workers nuevos y luego termina los viejos.",
    restart: "El servidor se detuvo y se inició de nuevo.",
  },
  inUse: (time) => `En uso en todos los workers tras ${time}.`,
  notInUse: (alive) =>
    alive
      ? "Después de medio minuto todavía no está en uso: quizá la terminal diga por qué."
      : "El servidor terminó antes de que el cambio estuviera en uso: la terminal dice por qué.",
  counted: (failed, versions) =>
    `Desde entonces hasta el final de la ejecución ${counted(failed, "petición falló", "peticiones fallaron")}${
      versions.length === 0
        ? "."
        : `; ${listed(
            versions.map(
              ([version, answers]) =>
                `${answers} respondió ${version === "" ? "ninguna versión" : `la versión ${version}`}`,
            ),
          )}.`
    }`,
};
