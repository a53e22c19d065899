/** A script of Spanish pages that runs before all others: what they say from then on is said in Spanish. */
import { spanish } from "../es.ts";
import { spoken } from "../translation.ts";

globalThis.wordsInForce = (name, english) => spoken(spanish, name, english);
