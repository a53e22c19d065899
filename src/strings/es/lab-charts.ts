// translationOf: c431d5a58f032ae1cb081ba20836bddc212a02a3fd888a9e3ea58362f2625592
// translationOf: 0
/** Words of the charts of a run, in Spanish. */
import type { chartStrings as english } from "../en/lab-charts.ts";
import type { Words } from "../translation.ts";

export const chartStrings: Words<typeof english> = {
  offeredLine: "ofrecidas",
  answeredLine: "respondidas",
  queue: "Peticiones en cola",
  queuePicture: "Peticiones que esperan en la cola a lo largo del tiempo",
  queueAxis: "Peticiones",
  errors: "Errores",
  errorsPicture: "Errores por segundo a lo largo del tiempo",
  errorsAxis: "Por segundo",
  latencyNote:
    "Cada punto abarca las respuestas del último segundo o, si son muy pocas, las más recientes que alcancen.",
  requests: "en cola",
  waitingTurn: "espera su turno",
  lastSecond: "Del último segundo",
  wholeRun: "De toda la ejecución, como en la tabla",
  rate: "Peticiones por segundo",
  latency: "Latencia",
  ratePicture: "Peticiones por segundo a lo largo del tiempo",
  latencyPicture: "Latencia a lo largo del tiempo, mediana y percentil 95",
  rateAxis: "Por segundo",
  latencyAxis: "Latencia en ms",
  timeAxis: "Segundos desde el inicio de la ejecución",
  medianLine: "mediana",
  p95Line: "percentil 95",
  pictureFailed: "No se pudo cargar la gráfica. Sus cifras están en la tabla de abajo.",
  inWords: (label) => `${label}, en palabras y en una tabla`,
  tableOf: (picture) => `${picture}, en una tabla`,
  lineName: (title, rank) => `${title}, ${rank}`,
  course: (line, lowest, highest, highestAt, last) =>
    `${line}: entre ${lowest} y ${highest} (a los ${highestAt}\u00a0s), ${last} al final.`,
  noCourse: (line) => `${line}: sin cifras, porque se respondieron muy pocas peticiones.`,
};
