// translationOf: 1f9ff7e6a8b2e697c818e58d1327ee7a67a165bf14797d6f652cc12d65257802
/** Words of the request that is followed, in Spanish. */
import type { followStrings as english } from "../en/lab-follow.ts";
import type { Words } from "../translation.ts";
import { capital, the, toThe } from "./spanish.ts";

export const followStrings: Words<typeof english> = {
  label: "El camino de una petición",
  start: "Iniciar los servidores",
  starting: "Los servidores se están iniciando.",
  send: (title) => `Enviar una ${toThe(title)}`,
  notRunning: (title) => `${capital(the(title))} no está en marcha.`,
  parts: {
    connect: {
      name: "Conexión",
      about:
        "El cliente pide una conexión. La establece el kernel de la computadora del servidor, sin que el servidor participe.",
    },
    backlog: {
      name: "En el backlog",
      about: "La conexión espera en una cola que lleva el kernel. Los bytes de la petición quizá ya hayan llegado.",
    },
    accept: { name: "Aceptación", about: "Un worker que está libre llama a accept y recibe la conexión más antigua." },
    handler: { name: "Handler", about: "El worker lee la petición y llama a la app, que prepara la respuesta." },
    "first byte": {
      name: "Primer byte",
      about: "La respuesta empieza a salir: línea de estado, cabeceras, cuerpo.",
    },
    end: {
      name: "Fin",
      about: "Salió el último byte. La conexión se cierra, o se mantiene para la siguiente petición.",
    },
  },
  now: {
    connect: "conectando",
    backlog: "espera aquí",
    accept: "está aquí",
    handler: "está aquí",
    "first byte": "está aquí",
    end: "está aquí",
  },
  after: (time) => `tras ${time}`,
  waited: (time) => `esperó ${time}`,
  tookBy: (time, who) => `${time}, ${who}`,
  worker: (pid) => `proceso\u00a0${pid}`,
  thread: (tid) => `hilo\u00a0${tid}`,
  status: (time, status) => `tras ${time}, estado\u00a0${status}`,
  failed: (time) => `falló tras ${time}`,
  unknown: "sin datos",
  side: (title) => `${title}: `,
  followed: (number, path) => `Petición ${number}, ${path}`,
  nothingYet: "Todavía no se ha enviado nada.",
  waiting: "en el backlog",
  working: "con un worker",
  scale: (time) => `Una barra llena es ${time}.`,
};
