import { defineConfig } from "vitest/config";

/** Unit tests stand beside what they test. A test that needs a DOM says so with `// @vitest-environment happy-dom`. */
export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  test: {
    include: ["src/**/*.test.{ts,tsx}", "scripts/**/*.test.ts"],
    environment: "node",
    passWithNoTests: true,
  },
});
