/**
 * Builds the programs that the Node machine brings into its container (the agent, the observer, the load test) into
 * one file, `public/machine/node/programs.json`, by file name. Fetched only when somebody starts that machine.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const source = new URL("../src/machine/node/container/", import.meta.url);
const output = new URL("../public/machine/node/", import.meta.url);
const names = ["agent", "checks", "load", "observer", "probe"];

/** One script without imports but Node's own. */
async function bundle(name: string): Promise<string> {
  const result = await build({
    entryPoints: [fileURLToPath(new URL(`${name}.ts`, source))],
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
    // The oldest Node that WebContainer has been seen to offer.
    target: "node18",
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "inline",
    charset: "ascii",
    logOverride: { "require-resolve-not-external": "silent" },
    // Of Node 22; WebContainer may still be older.
    banner: {
      js: "Promise.withResolvers??=function(){let resolve,reject;const promise=new this((a,b)=>{resolve=a;reject=b});return{promise,resolve,reject}};",
    },
  });
  const [file] = result.outputFiles;
  if (!file) throw new Error(`${name} gave no bundle`);
  return file.text;
}

const programs = Object.fromEntries(
  await Promise.all(names.map(async (name) => [`${name}.cjs`, await bundle(name)] as const)),
);
const json = JSON.stringify(programs);
await mkdir(output, { recursive: true });
await writeFile(new URL("programs.json", output), json);
console.log(`The Node machine: ${names.length} programs, ${(json.length / 1000).toFixed(0)} kB`);
