import { defineConfig } from "@playwright/test";
import base from "./playwright.config.ts";
export default defineConfig({ ...base, workers: 1, retries: 0, use: { ...base.use, contextOptions: { reducedMotion: "reduce" } } });
