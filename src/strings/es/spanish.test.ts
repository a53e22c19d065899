import { describe, expect, it } from "vitest";
import { translations } from "../languages.ts";

describe("Spanish", () => {
  const { labStrings, explainStrings, exerciseStrings, besideStrings, watchedStrings, pythonDeviationStrings } =
    translations.es;

  it("puts the title of a side into a sentence", () => {
    expect(labStrings?.side?.startNamed("Servidor de desarrollo")).toBe("Iniciar el servidor de desarrollo");
    expect(labStrings?.side?.startNamed("App sin Flask")).toBe("Iniciar la app sin Flask");
    expect(labStrings?.terminal?.input("App sin Flask")).toBe("Terminal de la app sin Flask");
    expect(labStrings?.manual?.label("Servidor de producción")).toBe("Peticiones a mano al servidor de producción");
  });

  it("puts the title of a program and of its server into one sentence", () => {
    expect(besideStrings?.startNamed?.("Worker", "App en Flask")).toBe("Iniciar el worker junto a la app en Flask");
    expect(besideStrings?.command?.("Worker", "Servidor web")).toBe("Comando del worker junto al servidor web");
    expect(watchedStrings?.label?.("jobs.txt", "App en Flask")).toBe("jobs.txt de la app en Flask");
  });

  it("gives each figure of an exercise its article", () => {
    const { figures, figureIs } = exerciseStrings ?? {};
    expect(figureIs?.(figures?.rate ?? "", "40/s")).toBe("El ritmo de respuestas fue 40/s.");
    expect(figureIs?.(figures?.median ?? "", "9 ms")).toBe("La latencia mediana fue 9 ms.");
  });

  it("says in pages that are built what scripts do not say", () => {
    expect(pythonDeviationStrings?.processes?.what).toBe("Procesos");
  });

  it("says e before the sound of an i", () => {
    expect(labStrings?.listed?.(["Flask", "gunicorn"])).toBe("Flask y gunicorn");
    expect(labStrings?.listed?.(["a", "b", "imágenes"])).toBe("a, b e imágenes");
    expect(labStrings?.listed?.(["agua", "hielo"])).toBe("agua y hielo");
  });

  it("tells one from many", () => {
    expect(explainStrings?.failureKinds?.refused(1)).toBe("1 conexión fue rechazada");
    expect(explainStrings?.failureKinds?.refused(2)).toBe("2 conexiones fueron rechazadas");
  });
});
