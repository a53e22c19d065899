// translationOf: 5564015252d1a1b4929acbd6b958fb29779cc79dc8e39110cde656a147a5f55f
// translationOf: 0
/** Words of what a lab loads when it is opened, in Spanish. */
import type { paneStrings as english } from "../en/lab-panes.ts";
import type { Words } from "../translation.ts";
import { capital, ofThe, the } from "./spanish.ts";

export const paneStrings: Words<typeof english> = {
  browser: {
    address: "Dirección",
    go: "Ir",
    back: "Atrás",
    forward: "Adelante",
    reload: "Recargar página",
    hint: "Un navegador en la computadora de este lado. Ir muestra la primera página de su servidor.",
    loading: "Esperando la página.",
    page: (title) => `Página ${ofThe(title)}`,
    notRunning: (title) => `${capital(the(title))} no escucha en ningún puerto. Primero hay que iniciar el servidor.`,
    badAddress: (address) => `Esta no es una dirección válida: ${address}`,
    outside: (url) => `${url} lleva fuera de esta computadora, que no tiene red.`,
    left: (url) =>
      `Un script de esta página fue a ${url} de un modo que este navegador no puede seguir. Escribe la dirección en la barra de arriba.`,
    stopped: (url) =>
      `Se cerró la página de ${url}: pidió más de lo que una página puede pedir, o tomó el teclado mientras escribías en otro lugar. Recargar la abre de nuevo.`,
    redirects: "El servidor redirigió más de 20 veces.",
    noAnswer: (url, message) => `No hubo respuesta de ${url}: ${message}.`,
    alert: (text) => `La página dice: ${text}`,
    question: (name, text) =>
      `La página pregunta: ${text} Aquí nadie puede responder: ${name} dio ${name === "confirm" ? "false" : "null"}.`,
    missing: (what, url) => `La página pidió ${what} (${url}), que este navegador no tiene.`,
    noFrames: (url) => `Aquí hay otra página incrustada: ${url}. Este navegador muestra una a la vez.`,
    dismissNotes: "Cerrar",
  },

  response: {
    hint: "Muestra la respuesta a la última petición enviada a mano, con “Enviar una petición”, debajo de los workers.",
    sending: "Esperando la respuesta.",
    headers: "Cabeceras",
    body: "Cuerpo",
    took: (time) => `respondida en ${time}`,
    emptyBody: "El cuerpo está vacío.",
    binaryBody: (bytes) => `El cuerpo no es texto (${bytes} bytes).`,
    cut: (characters) => `Se muestran solo los primeros ${characters} caracteres.`,
    failed: (message) => `No hubo respuesta: ${message}.`,
  },

  keys: [
    ["Enter", "en una línea de comando: inicia o reinicia ese servidor"],
    ["← →", "entre los planes y entre las pestañas de un lado; Inicio y Fin van a la primera y a la última pestaña"],
    ["Ctrl+C", "en una terminal: interrumpe el servidor, o copia lo seleccionado"],
    ["Ctrl+Shift+C", "en una terminal: copia lo seleccionado, o todo"],
    ["Ctrl+Shift+F", "en una terminal: busca en ella; Enter sube, Shift+Enter baja, Escape termina la búsqueda"],
    ["Shift+Re Pág", "en una terminal: retrocede por lo que ha mostrado"],
    ["Tab", "sale de la terminal del servidor y del editor; en un shell completa, y Shift+Tab sale"],
    ["Ctrl+K", "busca en el sitio"],
  ],
};
