/** Where content lies and what each kind of it must say. The schemas themselves: `schemas/`, `lab-definition/`. */

import { defineCollection } from "astro:content";
import { readdirSync } from "node:fs";
import { join } from "node:path";
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

/** Reads each folder of `content/labs/`. Not `glob`, because its errors do not show the corrected line. */
const labFolders: Loader = {
  name: "lab-folders",
  load: async ({ config, store, watcher }) => {
    const root = fileURLToPath(config.root);
    const labs = join(root, "content/labs");
    const read = [labs, join(root, sharedOnNode)];
    const readAll = () => {
      store.clear();
      for (const name of readdirSync(labs)) {
        const { name: _, ...data } = readLab(join(labs, name), root);
        store.set({ id: name, data });
      }
    };
    readAll();
    watcher?.on("all", (_, path) => {
      if (read.some((folder) => path.startsWith(folder))) readAll();
    });
  },
};

const texts = z.array(z.object({ path: z.string(), text: z.string() }));

export const collections = {
  docs: defineCollection({
    loader: glob({ base: "./content", pattern: "{lessons,frameworks,concepts,instructors}/**/[^_]*.mdx" }),
    schema: docsSchema({ extend: pageSchema }),
  }),
  // Words of Starlight's own parts that differ from its English. None do.
  i18n: defineCollection({ loader: () => [{ id: "en" }], schema: i18nSchema() }),
  labs: defineCollection({
    loader: labFolders,
    schema: z.object({
      definition: labSchema.omit({ exercises: true, repair: true }),
      files: texts,
      nodeFiles: texts,
      exercises: z.array(z.object({ definition: exerciseSchema, start: texts, solution: texts })),
      repair: z.object({ definition: repairSchema, solution: texts }).optional(),
    }),
  }),
  chooser: defineCollection({
    loader: glob({ base: "./content/choice", pattern: "chooser.yaml" }),
    schema: chooserSchema,
  }),
  comparison: defineCollection({
    loader: glob({ base: "./content/choice", pattern: "comparison.yaml" }),
    schema: comparisonSchema,
  }),
};
