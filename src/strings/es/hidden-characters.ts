// translationOf: a3b8d3527628167684a36df2cf663464639539d931c32e231738edfdd8953d75
/** Names of characters that cannot be seen, in Spanish. */
import type { hiddenCharacterStrings as english } from "../en/hidden-characters.ts";
import type { Words } from "../translation.ts";

/** The usual ones, by number. */
const names: Readonly<Record<string, string>> = {
  "U+000B": "tabulación vertical",
  "U+000C": "salto de página",
  "U+000D": "retorno de carro",
  "U+001B": "escape",
  "U+0085": "línea siguiente",
  "U+00A0": "espacio de no separación",
  "U+00AD": "guion opcional",
  "U+200B": "espacio de ancho cero",
  "U+200C": "separador de ancho cero",
  "U+200D": "conector de ancho cero",
  "U+200E": "marca de izquierda a derecha",
  "U+200F": "marca de derecha a izquierda",
  "U+2028": "separador de líneas",
  "U+2029": "separador de párrafos",
  "U+202A": "inserción de izquierda a derecha",
  "U+202B": "inserción de derecha a izquierda",
  "U+202C": "fin de inserción",
  "U+202D": "cambio forzado de izquierda a derecha",
  "U+202E": "cambio forzado de derecha a izquierda",
  "U+2060": "conector de palabras",
  "U+2066": "aislamiento de izquierda a derecha",
  "U+2067": "aislamiento de derecha a izquierda",
  "U+2068": "aislamiento según el primer carácter",
  "U+2069": "fin de aislamiento",
  "U+FEFF": "marca de orden de bytes",
};

export const hiddenCharacterStrings: Words<typeof english> = {
  named: (point) => (names[point] === undefined ? point : `${point}, ${names[point]}`),
  shown: (point, count) => (count === undefined ? `⟨${point}⟩` : `⟨${point} × ${count}⟩`),
  blanks: (count) => `⟨${count} espacios⟩`,
};
