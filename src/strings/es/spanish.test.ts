import { describe, expect, it } from "vitest";
import { translations } from "../languages.ts";

describe("Spanish", () => {
  const { labStrings, explainStrings } = translations.es;

  it("puts the title of a side into a sentence", () => {
    expect(labStrings?.side?.startNamed("Servidor de desarrollo")).toBe("Iniciar el servidor de desarrollo");
    expect(labStrings?.side?.startNamed("App sin Flask")).toBe("Iniciar la app sin Flask");
    expect(labStrings?.terminal?.input("App sin Flask")).toBe("Terminal de la app sin Flask");
    expect(labStrings?.manual?.label("Servidor de producción")).toBe("Peticiones a mano al servidor de producción");
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
