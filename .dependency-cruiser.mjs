import { rooms } from "./rooms.mjs";

/** What is code of this repository, or content. */
const ours = "^(src|scripts|e2e|testing|bench|content)/";
/** Unit tests and what only they use stand beside what they test, and may look further up: nothing is built on them. */
const tests = "\\.test\\.tsx?$|/testing/";

/** One rule for each room: it may import itself and the rooms below. */
const floors = rooms.map(({ name, path }, floor) => ({
  name: `floor-of-${name}`,
  comment: "Imports point down: a room may import the rooms that stand below it in rooms.mjs, types included.",
  severity: "error",
  from: { path, pathNot: tests },
  to: { path: ours, pathNot: [path, ...rooms.slice(floor + 1).map((room) => room.path)] },
}));

/**
 * Imports point one way. The order of the rooms is in rooms.mjs; here is what else must hold.
 * @type {import('dependency-cruiser').IConfiguration}
 */
export default {
  forbidden: [
    ...floors,
    {
      name: "every-room-has-a-floor",
      comment: "A new room is entered in rooms.mjs, at its height.",
      severity: "error",
      from: { path: ours, pathNot: [tests, "^content/", ...rooms.map((room) => room.path)] },
      to: {},
    },
    {
      name: "no-circles",
      comment: "Two files that need each other are one file, also where they only name each other's types.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "lab-without-a-screen",
      comment: "The lab's lower floor runs without a screen: only what stands above it draws.",
      severity: "error",
      from: { path: "^src/lab/", pathNot: ["^src/lab/(view|islands)/", "^src/lab/[^/]+$", tests] },
      to: { path: "\\.tsx$|/node_modules/preact/" },
    },
    {
      name: "lab-knows-the-contract-only",
      comment:
        "A lab runs on any kind of machine: it sees machine.ts, and open.ts that opens the kind. It speaks HTTP.",
      severity: "error",
      from: { path: "^src/lab/" },
      to: { path: "^src/machine/", pathNot: "^src/machine/(machine|open)\\.ts$" },
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
      name: "kernel-knows-itself-only",
      comment: "And what can be seen of a host, and the shapes of messages, by which it looks at what processes send.",
      severity: "error",
      from: { path: "^src/machine/python/kernel/", pathNot: tests },
      to: {
        path: "^(src|scripts|e2e|testing|content)/",
        pathNot: "^src/(machine/python/kernel/|machine/host-types\\.ts$|gate/shape\\.ts$)",
      },
    },
    {
      name: "load-knows-no-machine-inside",
      severity: "error",
      from: { path: "^src/load/", pathNot: tests },
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
      comment:
        "Comlink lets the other side walk through every object that it is handed: nothing untrusted gets one. Use src/gate.",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "comlink" },
    },
    {
      name: "lab-definition-stands-alone",
      comment: "It is read by the page and at build time.",
      severity: "error",
      from: { path: "^src/lab-definition/", pathNot: tests },
      to: { path: ours, pathNot: "^src/lab-definition/" },
    },
    {
      name: "words-come-through-one-door",
      comment:
        "Words are taken from strings.ts, which knows the language, and not from the language itself. The build speaks all.",
      severity: "error",
      from: { pathNot: ["^src/strings/", tests] },
      to: { path: "^src/strings/", pathNot: "^src/strings/(strings|languages)\\.ts$" },
    },
    {
      name: "words-run-alone",
      comment: "Words may name the types that they are about, and need nothing to be said.",
      severity: "error",
      from: { path: "^src/strings/" },
      to: { path: ours, pathNot: "^src/strings/", dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".mjs", ".js", ".astro"] },
  },
};
