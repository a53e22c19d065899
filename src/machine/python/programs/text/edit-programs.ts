/** Programs that change text on its way: `tr`, `cut`, `sed`. */
import { UsageError, withOptions } from "../options.ts";
import { eachInput, linesOf } from "./each-input.ts";
import { SedError, SedScript } from "./sed-script.ts";

/** `tr a-z A-Z`, `tr -d x`, `tr -s ' '`. */
export const tr = withOptions({ flags: "ds" }, async (system, { flags, operands }) => {
  const [from, to] = operands.map(charactersOf);
  if (from === undefined) throw new UsageError("missing operand");
  if (to === undefined && flags.size === 0) throw new UsageError(`missing operand after '${operands[0]}'`);
  const text = new TextDecoder().decode(await system.readAll(0));
  const squeezed = to ?? from;
  let result = "";
  for (const character of text) {
    const at = from.indexOf(character);
    if (at !== -1 && flags.has("d")) continue;
    const changed = at === -1 || to === undefined ? character : (to[at] ?? to.at(-1) ?? character);
    if (flags.has("s") && squeezed.includes(changed) && result.endsWith(changed)) continue;
    result += changed;
  }
  await system.print(result);
  return 0;
});

const classes: ReadonlyMap<string, string> = new Map([
  ["lower", "a-z"],
  ["upper", "A-Z"],
  ["digit", "0-9"],
  ["alpha", "A-Za-z"],
  ["alnum", "A-Za-z0-9"],
  ["space", " \\t\\n\\r"],
]);

/** The characters of `a-z`, `[:upper:]`, `\n`. */
function charactersOf(set: string): string[] {
  const plain = set
    .replace(/\[:([a-z]+):\]/g, (whole, name: string) => classes.get(name) ?? whole)
    .replace(/\\([ntr\\])/g, (_, letter: string) => ({ n: "\n", t: "\t", r: "\r" })[letter] ?? letter);
  return [...plain.replace(/(.)-(.)/gs, (_, first: string, last: string) => between(first, last))];
}

function between(first: string, last: string): string {
  const from = first.charCodeAt(0);
  const length = Math.max(0, last.charCodeAt(0) - from + 1);
  return String.fromCharCode(...Array.from({ length }, (_, index) => from + index));
}

/** `cut -d: -f1,3`, `cut -c1-5`. */
export const cut = withOptions({ flags: "s", values: "dfcb" }, async (system, { flags, values, operands }) => {
  const fields = values.get("f");
  const list = fields ?? values.get("c") ?? values.get("b");
  if (list === undefined) throw new UsageError("you must specify a list of bytes, characters, or fields");
  const delimiter = values.get("d") ?? "\t";
  const ranges = list.split(",").map((each) => {
    const [whole, first = "", dash, last = ""] = /^(\d*)(-?)(\d*)$/.exec(each) ?? [];
    if (whole === undefined || first + last === "") throw new UsageError(`invalid field value '${each}'`);
    return [Number(first || 1), dash === "" ? Number(first) : Number(last || Number.POSITIVE_INFINITY)] as const;
  });
  const wanted = (_: string, index: number) => ranges.some(([from, to]) => index + 1 >= from && index + 1 <= to);
  return eachInput(system, operands, async (chunks) => {
    for await (const line of linesOf(chunks)) {
      if (fields === undefined) await system.print(`${[...line].filter(wanted).join("")}\n`);
      else if (line.includes(delimiter)) {
        await system.print(`${line.split(delimiter).filter(wanted).join(delimiter)}\n`);
      } else if (!flags.has("s")) await system.print(`${line}\n`);
    }
  });
});

/** `sed 's/a/b/' file`, `sed -n 2,4p`, `sed -i …`. */
export const sed = withOptions(
  { flags: "nEri", values: "e", long: { quiet: "n", "in-place": "i", expression: "e" } },
  async (system, { flags, values, operands }) => {
    const given = values.get("e");
    const [script, ...files] = given === undefined ? operands : [given, ...operands];
    if (script === undefined) {
      await system.write(2, "Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...\n");
      return 1;
    }
    try {
      const parse = () => new SedScript([script], flags.has("E") || flags.has("r"), flags.has("n"));
      let program = parse();
      let number = 0;
      return await eachInput(system, files, async (chunks, name) => {
        const lines: string[] = [];
        for await (const line of linesOf(chunks)) lines.push(line);
        if (flags.has("i")) {
          program = parse();
          number = 0;
        }
        let result = "";
        for (const [index, line] of lines.entries()) {
          number += 1;
          const { printed, quit } = program.line(
            line,
            number,
            index === lines.length - 1 && name === (files.at(-1) ?? "-"),
          );
          result += printed.map((each) => `${each}\n`).join("");
          if (quit) break;
        }
        if (!flags.has("i") || name === "-") {
          await system.print(result);
          return;
        }
        const fd = system.descriptors.open(system.path(name), "write");
        await system.write(fd, result);
        system.descriptors.close(fd);
      });
    } catch (error) {
      if (!(error instanceof SedError)) throw error;
      await system.complain(error.message);
      return 1;
    }
  },
);
