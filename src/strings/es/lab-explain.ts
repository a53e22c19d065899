// translationOf: 3c6098d2db4371add824766cac71e9d4d34b4e539e4041b6d6d39264dd7de1df
/** What a load test showed, in Spanish sentences. */
import type { explainStrings as english } from "../en/lab-explain.ts";
import type { Words } from "../translation.ts";
import { capital, counted, listed, ofThe, the } from "./spanish.ts";

const unevenness = (range: string | undefined): string =>
  `las dos mitades de esta ejecución difieren más que los dos servidores${range === undefined ? "" : ` (es posible cualquier valor ${range})`}: ejecútala de nuevo para saberlo`;

const setting = (readers: string, plan: string): string => `Con ${readers} en ${plan}`;

export const explainStrings: Words<typeof english> = {
  shortfall: (title, offered, achieved, dropped) =>
    `De ${offered} peticiones por segundo que se ofrecieron, ${the(title)} respondió a tiempo ${achieved}${dropped === undefined ? "" : `; ${dropped} del total nunca se enviaron`}.`,
  waitedInVain: (failures, longest) => `${failures}; la espera más larga fue de ${longest}`,
  quoted: (label) => `“${label}”`,
  times: (ratio) => (ratio === "2" ? "el doble" : `${ratio} veces`),
  faster: (readers, plan, faster, times, slower, more, less) =>
    `${setting(readers, plan)}, ${the(faster)} respondió más peticiones por segundo que ${the(slower)}: ${times} (${more} contra ${less}).`,
  alike: (readers, plan, a, b, first, second) =>
    `${setting(readers, plan)}, ${the(a)} y ${the(b)} respondieron más o menos las mismas peticiones por segundo (${first} y ${second}).`,
  tailApart: (title, longer, shorter) =>
    `Una de cada veinte respuestas tardó ${longer} o más en ${the(title)}, y ${shorter} o más en el otro lado.`,
  medianApart: (title, longer, shorter) =>
    `La mitad de las respuestas tardó ${longer} o más en ${the(title)}, y ${shorter} o más en el otro lado.`,
  oneSide: (readers, plan, title, rate) =>
    `${setting(readers, plan)}, ${the(title)} respondió ${rate} peticiones por segundo. El otro lado no se probó.`,
  farMore: (readers, plan, more, many, less, few) =>
    `${setting(readers, plan)}, ${the(more)} respondió ${counted(many, "petición", "peticiones")} y ${the(less)} solo ${few}: son muy pocas para decir cuántas veces más.`,
  tooFew: (readers, plan, [a, b], [first, second], least) =>
    `${setting(readers, plan)}, ${the(a)} respondió ${counted(first, "petición", "peticiones")} y ${the(b)} ${second}: son muy pocas para decidir. Hacen falta ${least} en cada lado.`,
  uneven: (readers, plan, a, b, first, second, range) =>
    `${setting(readers, plan)}, ${the(a)} respondió ${first} peticiones por segundo y ${the(b)} ${second}, pero ${unevenness(range)}.`,
  unevenMedians: (readers, plan, first, second, range) =>
    `${setting(readers, plan)}, la mitad de las respuestas tardó ${first} o más en un lado y ${second} o más en el otro, pero ${unevenness(range)}.`,
  longer: (readers, plan, slow, longer, quick, shorter, times) =>
    `${setting(readers, plan)}, la mitad de las respuestas tardó ${longer} o más en ${the(slow)}, y ${shorter} o más en ${the(quick)}: ${times}.`,
  asLong: (readers, plan, first, second) =>
    `${setting(readers, plan)}, la mitad de las respuestas tardó más o menos lo mismo en los dos lados (${first} y ${second}, o más).`,
  ofRates: (title, more, less) =>
    `${capital(the(title))} respondió más peticiones por segundo (${more} contra ${less}).`,
  range: (least, most) => `entre ${least} y ${most} veces`,
  late: (title, answers) =>
    `${capital(the(title))} no respondió ninguna petición mientras duró la carga; ${answers === 1 ? "su única respuesta llegó" : `sus ${answers} respuestas llegaron`} después del final.`,
  silent: (titles) =>
    `${capital(listed(titles.map(the)))} no ${titles.length === 1 ? "respondió" : "respondieron"} ninguna petición.`,
  mostFailed: (title, failed, all) => `En ${the(title)} fallaron ${failed} de ${all} peticiones.`,
  mostContradicted: (title, contradicted, all) =>
    `De ${all} respuestas ${ofThe(title)}, ${contradicted} contradijeron una anterior.`,
  onlyAnswer: (title, rate) => `${capital(the(title))} respondió ${rate} peticiones por segundo.`,
  threadEach: (title) => `${capital(the(title))} abre un hilo para cada petición`,
  threads: (title) => `${capital(the(title))} trabaja con hilos`,
  several: (title) => `${capital(the(title))} tiene varios procesos`,
  waitedAtOnce: (start, atOnce, slower, fewer, processes) =>
    `${start}, así que hasta ${atOnce} peticiones esperaron al mismo tiempo; ${the(slower)} tomó ${
      processes === fewer && processes > 1
        ? `${fewer} a la vez, una por cada uno de sus ${counted(processes, "proceso", "procesos")}`
        : `como máximo ${fewer} a la vez`
    }.`,
  processes: (a, aCount, inEach, b, bCount) =>
    `${capital(the(a))} trabajó en ${counted(aCount, "proceso", "procesos")} a la vez${
      inEach > 1 ? `, con hasta ${inEach} peticiones en cada uno,` : ","
    } y ${the(b)} en ${bCount}.`,
  failures: (title, kinds) => `Del lado ${ofThe(title)}, ${listed(kinds)}.`,
  failuresOnBoth: (kinds) => `En cada lado, ${listed(kinds)}.`,
  failureKinds: {
    refused: (count) => `${counted(count, "conexión fue rechazada", "conexiones fueron rechazadas")}`,
    reset: (count) => `${counted(count, "conexión se cortó", "conexiones se cortaron")}`,
    "timed out": (count) => `${counted(count, "petición no tuvo", "peticiones no tuvieron")} respuesta a tiempo`,
    "gave up": (count) => `${counted(count, "usuario se cansó", "usuarios se cansaron")} de esperar`,
    "4xx": (count) => `${counted(count, "respuesta dijo", "respuestas dijeron")} que la petición estaba mal (4xx)`,
    "5xx": (count) => `${counted(count, "respuesta dijo", "respuestas dijeron")} que el servidor falló (5xx)`,
    malformed: (count) => `${counted(count, "respuesta no era", "respuestas no eran")} HTTP`,
    contradictory: (count) => `${counted(count, "respuesta contradijo", "respuestas contradijeron")} una anterior`,
  },
  stopped: (after) => `La ejecución se detuvo tras ${after}: las cifras abarcan solo esa parte.`,
  died: (title) =>
    `La máquina terminó mientras se probaba ${the(title)}: sus cifras abarcan solo una parte de la ejecución.`,
  inTurn: "Los lados se ejecutaron uno después del otro, porque comparten los núcleos de esta computadora.",
  together: (waits) =>
    `Los dos lados se ejecutaron al mismo tiempo${waits ? ", porque sus handlers solo esperan" : ""}.`,
  otherTab:
    "Otra pestaña ejecutó una prueba de carga al mismo tiempo, y las dos comparten los núcleos de esta computadora: repite la ejecución para asegurarte.",
  hidden:
    "La página estuvo oculta un rato, y los navegadores frenan las páginas ocultas: repite la ejecución para asegurarte.",
};
