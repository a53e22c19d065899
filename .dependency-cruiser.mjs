/**
 * Imports point one way: content → components → lab → the machine's contract and load. See CONTRIBUTING.md.
 * @type {import('dependency-cruiser').IConfiguration}
 */
export default {
  forbidden: [
    {
      name: "no-circles",
      comment: "Two files that need each other to run are one file. Types may refer to each other.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "lab-knows-the-contract-only",
      comment: "A lab runs on any kind of machine: it sees machine.ts, and open.ts that opens the kind.",
      severity: "error",
      from: { path: "^src/lab/" },
      to: { path: "^src/(machine|http)/", pathNot: "^src/(machine/(machine|open)|http/cookie-jar)\\.ts$" },
    },
    {
      name: "lab-stands-below-pages",
      severity: "error",
      from: { path: "^src/lab/" },
      to: { path: "^src/(components|pages|site|integrations|schemas)/|^content/" },
    },
    {
      name: "components-see-no-machine",
      severity: "error",
      comment: "The truth page lists how machines deviate: plain data.",
      from: { path: "^src/(components|pages|site)/" },
      to: { path: "^src/(machine|load|http)/", pathNot: "/(deviations\\.ts|known-differences\\.json)$" },
    },
    {
      name: "kinds-do-not-know-each-other",
      severity: "error",
      from: { path: "^src/machine/(python|linux|node)/" },
      to: { path: "^src/machine/(python|linux|node)/", pathNot: "^src/machine/$1/" },
    },
    {
      name: "machine-stands-below-lab",
      severity: "error",
      from: { path: "^src/(machine|http|shell)/" },
      to: { path: "^src/(lab|components|pages|site|integrations|schemas|lab-definition|strings)/|^content/" },
    },
    {
      name: "kernel-knows-itself-only",
      comment: "And the shapes of messages, by which it looks at what processes send.",
      severity: "error",
      from: { path: "^src/machine/python/kernel/" },
      to: { path: "^(src|scripts|e2e|testing|content)/", pathNot: "^src/(machine/python/kernel/|gate/shape\\.ts$)" },
    },
    {
      name: "load-knows-no-machine-inside",
      severity: "error",
      from: { path: "^src/load/" },
      to: {
        path: "^(src|scripts|e2e|testing|content)/",
        pathNot: "^src/(load/|machine/machine\\.ts$|http/(?!cookie-jar)|gate/shape\\.ts$)",
      },
    },
    {
      name: "gate-knows-itself-only",
      comment: "What stands between the page and strangers can be read whole.",
      severity: "error",
      from: { path: "^src/gate/" },
      to: { path: "^(src|scripts|e2e|testing|content)/", pathNot: "^src/gate/" },
    },
    {
      name: "no-open-doors",
      comment: "Comlink lets the other side walk through every object that it is handed: nothing untrusted gets one. Use src/gate.",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "comlink" },
    },
    {
      name: "lab-definition-and-strings-stand-alone",
      comment: "Both are read by the page and at build time. Words may name the types that they are about.",
      severity: "error",
      from: { path: "^src/(lab-definition|strings)/" },
      to: {
        path: "^src/(lab|components|pages|site|machine|load|integrations)/|^content/",
        dependencyTypesNot: ["type-only"],
      },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".mjs", ".js", ".astro"] },
  },
};
