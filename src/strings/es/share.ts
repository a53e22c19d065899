// translationOf: cc7266a0b9062c7a50ada30d1101e27c026571155b9ec603eb9eda73f9a9cccf
/** What a lab says about links to it, in Spanish. */
import type { shareStrings as english } from "../en/share.ts";
import type { Words } from "../translation.ts";
import { listed, ofThe } from "./spanish.ts";

const damaged = "Este enlace está dañado: le falta una parte, o algo lo cambió en el camino.";
const tooLong = "Este enlace es demasiado largo para ser uno de los nuestros";
const newer = "lo creó una versión más nueva de este sitio, que esta no puede leer";
const original = "Este es el laboratorio original.";
const hidden = "tiene caracteres que no se ven, o que lo muestran en otro orden que el que se ejecuta";
const unchanged = "No se cambió nada en el laboratorio.";

export const shareStrings: Words<typeof english> = {
  label: "Compartir este laboratorio",
  close: "Cerrar",
  original: "No hay ningún cambio: el enlace abre el laboratorio original.",
  holds:
    "El enlace contiene los archivos y comandos que cambiaste, el plan y la máquina. No contiene resultados, y no llega a ningún servidor.",
  link: "Enlace a este laboratorio",
  copy: "Copiar enlace",
  copied: "El enlace está copiado.",
  notCopied: "Tu navegador no deja que esta página copie. Selecciona el enlace y cópialo.",
  tooLarge: (characters, limit) =>
    `Tus cambios son demasiado grandes para un enlace: ${characters} caracteres, y los enlaces de más de ${limit} pueden cortarse en el camino. Guárdalos como archivo y pásalo: quien suelte el archivo sobre este laboratorio recibe tu versión.`,
  notShared:
    "Este laboratorio no se puede compartir así: un comando tiene caracteres que no se ven, o en sus archivos hay más de lo que cabe en un laboratorio.",
  save: "Guardar como archivo",
  openFile: "Abrir un archivo .lab.json",
  dropHint: "También puedes soltar un archivo así sobre el laboratorio.",

  opened: "Abierto desde un enlace",
  openedFile: "Abierto desde un archivo",
  differs: "Este laboratorio se diferencia del original como se muestra aquí. Nada se ejecuta hasta que lo inicies.",
  same: original,
  others: "Quizá lo escribió otra persona. Se ejecuta en un marco sellado, sin red y sin acceso a tus datos.",
  file: (path) => `Cambios en ${path}`,
  command: (title) => `Comando ${ofThe(title)}`,
  plan: (label) => `Está elegido el plan “${label}”.`,
  leftOut: (names) => `Se dejó fuera, porque este laboratorio no tiene esa parte: ${listed(names)}.`,
  removed: "quitada",
  added: "agregada",
  gap: "líneas sin cambios",
  emptyLines: (count) => `⟨${count} líneas vacías⟩`,
  folded: (count) =>
    `Las diferencias largas están plegadas: ${count} líneas más no se muestran aquí, y también son parte del laboratorio.`,
  showMore: "Mostrar más líneas",
  whole: "Demasiado distinto para compararlo línea por línea. El texto nuevo completo:",
  useOriginal: "Abrir el original",
  bringBack: "Recuperar mis cambios",
  keep: "Quedarme con esto",
  isOriginal: "Este es el original.",

  again: "Ya abriste este enlace en esta pestaña. El laboratorio está como lo dejaste.",
  since: "En esta pestaña ya se abrió un enlace a este laboratorio. El laboratorio está como quedó.",
  putIn: "Cargar de nuevo la versión del enlace",

  problems: {
    damaged: `${damaged} ${original} Pide el enlace de nuevo.`,
    "too long": `${tooLong}, así que no se leyó. ${original}`,
    newer: `Este enlace ${newer}. ${original}`,
    "no lab": "Este enlace es de un laboratorio que no está en esta página. No se cambió nada.",
    "hidden characters": `Un comando de este enlace ${hidden}. No se abrió. ${original}`,
  },
  linkProblems: {
    damaged: `${damaged} Cópialo de nuevo.`,
    "too long": `${tooLong}.`,
    "hidden characters": "Un comando de este enlace tiene caracteres que no se ven. Los laboratorios no lo abren.",
    newer: `Este enlace ${newer}.`,
  },
  fileProblems: {
    damaged: `Este no es un archivo .lab.json de este sitio, o alguien lo cambió. ${unchanged}`,
    "too long": "Este archivo es demasiado grande para ser un laboratorio. No se leyó.",
    newer: `Este archivo ${newer}. ${unchanged}`,
    "no lab": "Este archivo es de otro laboratorio. Ábrelo allí. En este no se cambió nada.",
    "hidden characters": `Un comando de este archivo ${hidden}. ${unchanged}`,
  },
  otherLab: (lab) => `Este archivo es del laboratorio ${lab}. Ábrelo allí. En este no se cambió nada.`,
  otherMachine: (machine) => `Esto es para el laboratorio en la máquina ${machine}, y no cambia nada aquí.`,
  openThere: (machine) => `Abrirlo en ${machine}`,
  missingMachine: "Este sitio no ofrece el laboratorio en esa máquina.",
  machines: { python: "Python", node: "Node", linux: "Linux" },
};
