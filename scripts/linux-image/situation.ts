/** Situations: what already runs on the Linux machine when it opens. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { ImageError } from "./image-error.ts";

const folder = "linux/situations";
const sides = ["development", "production"] as const;

/** What a file in `linux/situations/` may say. */
const situationSchema = z.strictObject({
  /**
   * The lab whose files both hosts get, and whose commands run when the snapshot is taken. Left out: none, and nothing
   * runs.
   */
  lab: z.string().optional(),
  /**
   * The side whose host is the Debian itself, with systemd and its services. Left out: none; both hosts are beside it.
   */
  debian: z.enum(sides).optional(),
  /** What a shell of the Debian does as root, before the commands run. */
  setup: z.string().optional(),
});

/** As far as a situation needs to know a lab. */
const labSchema = z.object({
  files: z.array(z.string()),
  sides: z.object({
    development: z.object({ command: z.string() }),
    production: z.object({ command: z.string() }),
  }),
  paths: z.object({ byHand: z.string().default("/") }).prefault({}),
});

/** One of them, with all that its snapshot depends on. */
export interface Situation {
  readonly name: string;
  readonly debian?: "development" | "production";
  readonly setup?: string;
  /** Texts by path in the hosts' home. */
  readonly files: Readonly<Record<string, string>>;
  /** Command lines that run. */
  readonly commands: Readonly<Partial<Record<"development" | "production", string>>>;
  /** What is asked of them until they answer quickly. */
  readonly path: string;
}

/** Names of all situations, sorted. */
export function situationNames(): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => name.slice(0, -".yaml".length))
    .sort();
}

/** Throws `ImageError` where a file is wrong. */
export function readSituation(name: string): Situation {
  const file = join(folder, `${name}.yaml`);
  const parsed = situationSchema.safeParse(parse(readFileSync(file, "utf8")) ?? {});
  if (!parsed.success) throw new ImageError(`${file}: ${z.prettifyError(parsed.error)}`);
  const { lab, debian, setup } = parsed.data;
  const about = { name, ...(debian && { debian }), ...(setup !== undefined && { setup }) };
  if (lab === undefined) return { ...about, files: {}, commands: {}, path: "/" };
  const labFile = `content/labs/${lab}/lab.yaml`;
  if (!existsSync(labFile)) throw new ImageError(`${file}: there is no lab ${lab}.`);
  const { files, sides: of, paths } = labSchema.parse(parse(readFileSync(labFile, "utf8")));
  const texts = files.map((path) => [path, readFileSync(`content/labs/${lab}/${path}`, "utf8")] as const);
  return {
    ...about,
    files: Object.fromEntries(texts),
    commands: { development: of.development.command, production: of.production.command },
    path: paths.byHand,
  };
}
