// translationOf: f7c7f6fae6d133742d0f469aaae041f7faf8e473d6fd42a6dfe6c7d852559bac
/** Words about the program beside a server, in Spanish. */
import type { besideStrings as english } from "../en/lab-beside.ts";
import type { Words } from "../translation.ts";
import { ofThe, the, toThe } from "./spanish.ts";

const again = "Inícialo de nuevo con el botón junto a su comando.";

export const besideStrings: Words<typeof english> = {
  label: (title, side) => `${title} junto ${toThe(side)}`,
  command: (title, side) => `Comando ${ofThe(title)} junto ${toThe(side)}`,
  startNamed: (title, side) => `Iniciar ${the(title)} junto ${toThe(side)}`,
  restartNamed: (title, side) => `Reiniciar ${the(title)} junto ${toThe(side)}`,
  kill: "Matar",
  killNamed: (title, pid) => `Matar ${the(title)}, proceso ${pid}`,
  restartBoth: "Reiniciar ambos programas",
  restartBothNamed: (side) => `Reiniciar ambos programas ${ofThe(side)}`,
  idle: "Sin iniciar.",
  starting: "Iniciando.",
  running: (pid) => `En marcha como proceso ${pid}.`,
  stopped: "Detenido.",
  exited: (code) => `Este programa terminó con el código ${code}; el servidor sigue sin él. ${again}`,
  killed: (signal) => `${signal} terminó este programa y nada inició otro. ${again}`,
  failed: (message) => `No se pudo iniciar este programa: ${message}`,
  commandChanged: "El comando ha cambiado. Reinicia para ejecutarlo.",
  edited: "Un archivo ha cambiado desde que se inició este programa. Reinícialo para desplegar el cambio.",
};
