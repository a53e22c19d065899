/**
 * Lets a lesson use `<Lab>` and every other component of `src/components/` without importing it, so that a teacher's
 * files hold no site code.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";

const frontmatter = /^---\n[\s\S]*?\n---\n/;

/**
 * The source of a page with an import for each component that it uses.
 *
 * @param names the components there are
 * @param folder where they are, as an import names it
 */
export function withImports(source: string, names: readonly string[], folder: string): string {
  const imports = names
    .filter((name) => new RegExp(`<${name}[\\s/>]`).test(source))
    .map((name) => `import ${name} from "${folder}/${name}.astro";\n`)
    .join("");
  if (imports === "") return source;
  const head = frontmatter.exec(source)?.[0] ?? "";
  return `${head}\n${imports}\n${source.slice(head.length)}`;
}

/** Must stand before the integration that compiles MDX. */
export function lessonComponents(): AstroIntegration {
  return {
    name: "lesson-components",
    hooks: {
      "astro:config:setup": ({ config, updateConfig }) => {
        const components = fileURLToPath(new URL("components/", config.srcDir));
        const content = fileURLToPath(new URL("content/", config.root));
        const names = readdirSync(components).flatMap((file) => /^(\w+)\.astro$/.exec(file)?.[1] ?? []);
        updateConfig({
          vite: {
            plugins: [
              {
                name: "lesson-components",
                enforce: "pre",
                transform: (source, id) => {
                  const [path = ""] = id.split("?");
                  if (!path.startsWith(content) || !path.endsWith(".mdx")) return;
                  return { code: withImports(source, names, join(components, ".")), map: null };
                },
              },
            ],
          },
        });
      },
    },
  };
}
