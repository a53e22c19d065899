/**
 * To be imported before uPlot, which writes numbers in the browser's language from the moment on when its module is
 * evaluated, and fails where that is none: WebKitGTK says "C" where the computer's locale is C.
 */
try {
  Intl.getCanonicalLocales(navigator.language);
} catch (error) {
  if (!(error instanceof RangeError)) throw error;
  Object.defineProperty(navigator, "language", { value: "en", configurable: true });
}
