/** `df`: how much of the machine's one disc is taken. */
import type { System } from "../../native/system.ts";
import { shortAmount } from "../amounts-of-bytes.ts";
import { type Options, UsageError, withOptions } from "../options.ts";

/** Bytes that a host's files may take (`kernel/limits.ts`). */
const discSize = 128 * 1024 * 1024;

interface Usage {
  readonly bytes: number;
  /** Files and folders. */
  readonly count: number;
}

function usageOf({ files }: System): Usage {
  let [bytes, count] = [0, 1];
  const walk = (folder: string): void => {
    for (const name of files.names(folder === "" ? "/" : folder)) {
      const status = files.status(`${folder}/${name}`, "keep");
      count += 1;
      if (status?.type === "directory") walk(`${folder}/${name}`);
      else bytes += status?.size ?? 0;
    }
  };
  walk("");
  return { bytes, count };
}

/** A column: its title, what stands in it, and how wide it is at least. Names stand on the left. */
interface Column {
  readonly title: string;
  readonly value: string;
  readonly width?: number;
  readonly isName?: boolean;
}

const fileSystem = "page";

/** The columns by the names that `--output` has for them. */
function columnsOf({ flags, values }: Options, { bytes, count }: Usage): Readonly<Record<string, Column>> {
  const human = flags.has("h") || flags.has("H");
  const unit = flags.has("m") ? 1024 ** 2 : unitOf(values.get("B"));
  const show = (amount: number) => (human ? shortAmount(amount) : String(Math.ceil(amount / unit)));
  const portable = flags.has("P");
  const blocks =
    unit === 1024 ? (portable ? "1024-blocks" : "1K-blocks") : unit === 1024 ** 2 ? "1M-blocks" : "1B-blocks";
  const width = human ? 5 : 0;
  return {
    source: { title: "Filesystem", value: fileSystem, width: 14, isName: true },
    fstype: { title: "Type", value: fileSystem, isName: true },
    size: { title: human ? "Size" : blocks, value: show(discSize), width },
    used: { title: "Used", value: show(bytes), width: human ? 5 : 8 },
    avail: { title: human ? "Avail" : "Available", value: show(discSize - bytes), width },
    pcent: { title: portable && !human ? "Capacity" : "Use%", value: `${Math.ceil((bytes * 100) / discSize)}%` },
    // The disc has room for files as long as it has bytes.
    itotal: { title: "Inodes", value: "-", width: 6 },
    iused: { title: "IUsed", value: String(count), width: 5 },
    iavail: { title: "IFree", value: "-", width: 5 },
    ipcent: { title: "IUse%", value: "-" },
    file: { title: "File", value: "-", isName: true },
    target: { title: "Mounted on", value: "/", isName: true },
  };
}

/** Throws `UsageError`. */
function unitOf(word: string | undefined): number {
  const units: Readonly<Record<string, number>> = {
    "1": 1,
    "1K": 1024,
    K: 1024,
    "1024": 1024,
    "1M": 1024 ** 2,
    M: 1024 ** 2,
  };
  if (word === undefined) return 1024;
  const unit = Object.hasOwn(units, word) ? units[word] : undefined;
  if (unit === undefined) throw new UsageError(`invalid --block-size argument '${word}'`);
  return unit;
}

/** Throws `UsageError`. */
function wantedOf({ flags, values }: Options): readonly string[] {
  const output = values.get("o");
  if (output !== undefined) return output.split(",");
  const amounts = flags.has("i") ? ["itotal", "iused", "iavail", "ipcent"] : ["size", "used", "avail", "pcent"];
  return ["source", ...(flags.has("T") ? ["fstype"] : []), ...amounts, "target"];
}

function table(columns: readonly Column[]): string {
  const line = (cell: (column: Column) => string) =>
    columns
      .map((column, at) => {
        const width = Math.max(column.title.length, column.value.length, column.width ?? 0);
        if (!column.isName) return cell(column).padStart(width);
        return at === columns.length - 1 ? cell(column) : cell(column).padEnd(width);
      })
      .join(" ");
  return `${line(({ title }) => title)}\n${line(({ value }) => value)}\n`;
}

/** `df [-hikmPT] [-B SIZE] [--output=FIELDS] [-t TYPE] [-x TYPE] [PATH…]` */
export const df = withOptions(
  {
    flags: "ahHikmPTl",
    values: "oBtx",
    long: {
      all: "a",
      "block-size": "B",
      "exclude-type": "x",
      "human-readable": "h",
      inodes: "i",
      local: "l",
      output: "o",
      portability: "P",
      "print-type": "T",
      si: "H",
      type: "t",
    },
  },
  async (system, options) => {
    const { values, operands } = options;
    const missing = operands.filter((name) => system.files.status(system.path(name)) === undefined);
    for (const name of missing) await system.complain(`${name}: No such file or directory`);
    if (operands.length > 0 && missing.length === operands.length) return 1;
    const type = values.get("t");
    if ((type !== undefined && type !== fileSystem) || values.get("x") === fileSystem) {
      await system.complain("no file systems processed");
      return 1;
    }
    const columns = columnsOf(options, usageOf(system));
    const shown = wantedOf(options).map((name) => {
      const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
      if (column === undefined) throw new UsageError(`option --output: field ‘${name}’ unknown`);
      return column;
    });
    await system.print(table(shown));
    return missing.length > 0 ? 1 : 0;
  },
  (args) =>
    args.map((arg) =>
      arg === "--output" ? "--output=source,fstype,itotal,iused,iavail,ipcent,size,used,avail,pcent,file,target" : arg,
    ),
);
