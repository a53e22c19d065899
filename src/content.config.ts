/** Where content lies and what each kind of it must say. The schemas themselves: `schemas/`, `lab-definition/`. */

import { defineCollection } from "astro:content";
import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { docsSchema, i18nSchema } from "@astrojs/starlight/schema";
import type { Loader } from "astro/loaders";
import { glob } from "astro/loaders";
import { z } from "astro/zod";
import { exerciseSchema } from "./lab-definition/exercise-schema.ts";
import { readLab, sharedOnNode } from "./lab-definition/read-lab.ts";
import { repairSchema } from "./lab-definition/repair-schema.ts";
import { labSchema } from "./lab-definition/schema.ts";
import { chooserSchema, comparisonSchema } from "./schemas/choice.ts";
import { pageSchema } from "./schemas/page.ts";
import { translatedLanguages } from "./site/languages.ts";

function texts() {
  return z.array(z.object({ path: z.string(), text: z.string() }));
}

/** Reads each folder of `content/labs/`. Not `glob`, because its errors do not show the corrected line. */
function labFolders(name: string, idsIn: (root: string) => readonly LabToRead[]): Loader {
  return {
    name,
    load: async ({ config, store, watcher }) => {
      const root = fileURLToPath(config.root);
      const read = ["content/labs", "content/es/labs", sharedOnNode].map((folder) => join(root, folder));
      const readAll = () => {
        store.clear();
        for (const { id, lab, translation } of idsIn(root)) {
          const { name: _, ...data } = readLab(join(root, "content/labs", lab), root, translation);
          store.set({ id, data });
        }
      };
      readAll();
      watcher?.on("all", (_, path) => {
        if (read.some((folder) => path.startsWith(folder))) readAll();
      });
    },
  };
}

/** An entry of a collection of labs. */
interface LabToRead {
  readonly id: string;
  /** Name of the lab's folder. */
  readonly lab: string;
  /** The file with its words in another language. */
  readonly translation?: string;
}

const inEnglish = (root: string) => readdirSync(join(root, "content/labs")).map((lab) => ({ id: lab, lab }));

const inOtherLanguages = (root: string) =>
  translatedLanguages.flatMap((language) => {
    const folder = join(root, "content", language, "labs");
    if (!existsSync(folder)) return [];
    return readdirSync(folder).map((file) => {
      const lab = basename(file, ".yaml");
      return { id: `${language}/${lab}`, lab, translation: join(folder, file) };
    });
  });

const labData = z.object({
  definition: labSchema.omit({ exercises: true, repair: true }),
  files: texts(),
  nodeFiles: texts(),
  exercises: z.array(z.object({ definition: exerciseSchema, start: texts(), solution: texts() })),
  repair: z.object({ definition: repairSchema, solution: texts() }).optional(),
});

export const collections = {
  docs: defineCollection({
    loader: glob({ base: "./content", pattern: "{,es/}{lessons,frameworks,concepts,instructors}/**/[^_]*.mdx" }),
    schema: docsSchema({ extend: pageSchema }),
  }),
  // Words of Starlight's own parts that differ from its English. None do.
  i18n: defineCollection({ loader: () => [{ id: "en" }], schema: i18nSchema() }),
  labs: defineCollection({ loader: labFolders("lab-folders", inEnglish), schema: labData }),
  // The same labs with words of another language, as `es/first-load`.
  translatedLabs: defineCollection({ loader: labFolders("translated-labs", inOtherLanguages), schema: labData }),
  chooser: defineCollection({
    loader: glob({ base: "./content/choice", pattern: "chooser.yaml" }),
    schema: chooserSchema,
  }),
  comparison: defineCollection({
    loader: glob({ base: "./content/choice", pattern: "comparison.yaml" }),
    schema: comparisonSchema,
  }),
};
