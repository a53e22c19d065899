/** Debian's packages, unpacked into one file tree with the records that dpkg keeps of them. */
import { createHash } from "node:crypto";
import type { ParsedTarEntryWithData } from "modern-tar";
import { unpackDeb } from "./deb-package.ts";
import { type Paragraph, parseParagraphs } from "./debian-control.ts";
import type { Rights, RootTree, TreeEntry } from "./file-tree.ts";
import { ImageError } from "./image-error.ts";

/** Folders that lie below /usr in every Debian since 12, whatever an older package calls them. */
const merged = ["bin", "sbin", "lib"] as const;

/** An entry's path in the tree. */
export function treePath(name: string): string {
  const path = name.replace(/^\.?\//, "").replace(/\/$/, "");
  if (path === ".") return "";
  const [top] = path.split("/");
  return merged.some((folder) => folder === top) && path !== top ? `usr/${path}` : path;
}

/** Makes the links that stand for the merged folders. */
export function mergeUsr(tree: RootTree): void {
  for (const folder of merged) {
    tree.set(`usr/${folder}`, { kind: "folder", mode: 0o755, uid: 0, gid: 0 });
    tree.link(folder, `usr/${folder}`);
  }
}

/**
 * Puts the entries of an archive into the tree. A device of the numbers 0, 0 removes what has its path: so the kernel's
 * overlays write down what was deleted.
 *
 * @throws ImageError where an entry is of a kind that the machine has no use for, or links to what is not there
 */
export function addEntries(tree: RootTree, entries: readonly ParsedTarEntryWithData[]): void {
  for (const { header, data } of entries) {
    const path = treePath(header.name);
    const isMergedFolder = merged.some((folder) => folder === path);
    if (isMergedFolder && header.type === "directory") continue;
    const rights: Rights = { mode: (header.mode ?? 0o644) & 0o7777, uid: header.uid ?? 0, gid: header.gid ?? 0 };
    const entry = entryOf(tree, header, data, rights);
    if (entry) tree.set(path, entry);
    else tree.remove(path);
  }
}

function entryOf(
  tree: RootTree,
  { name, type, linkname = "" }: ParsedTarEntryWithData["header"],
  data: Uint8Array | undefined,
  rights: Rights,
): TreeEntry | undefined {
  if (type === "directory") return { kind: "folder", ...rights };
  if (type === "symlink") return { kind: "link", ...rights, mode: 0o777, target: linkname };
  if (type === "file" || type === undefined) return { kind: "file", ...rights, bytes: data ?? new Uint8Array() };
  if (type === "character-device") return undefined;
  const linked = type === "link" ? tree.get(treePath(linkname)) : undefined;
  if (!linked) throw new ImageError(`${name} is a ${type} that the machine's disc cannot hold.`);
  return linked;
}

/** Unpacks a package and writes down what dpkg wants to know; resolves with its entry of dpkg's `status`. */
export async function addPackage(tree: RootTree, archive: Uint8Array): Promise<string> {
  const { control, data } = await unpackDeb(archive);
  addEntries(tree, data);
  const texts = new Map(control.map(({ header, data: bytes }) => [treePath(header.name), bytes ?? new Uint8Array()]));
  const text = new TextDecoder().decode(texts.get("control"));
  const [fields] = parseParagraphs(text);
  if (!fields) throw new ImageError("a package has no control file.");
  const name = fields.get("Package") ?? "";
  const isMulti = fields.get("Multi-Arch") === "same";
  const base = `var/lib/dpkg/info/${isMulti ? `${name}:${fields.get("Architecture")}` : name}`;
  for (const [file, bytes] of texts) {
    const isScript = /^(pre|post)(inst|rm)$|^config$/.test(file);
    if (file !== "" && file !== "control") tree.write(`${base}.${file}`, bytes, isScript ? 0o755 : 0o644);
  }
  const list = data.map(({ header }) => `/${header.name.replace(/^\.?\//, "").replace(/\/$/, "")}`);
  tree.write(`${base}.list`, `${list.map((path) => (path === "/" ? "/." : path)).join("\n")}\n`);
  return statusEntry(tree, fields, text, new TextDecoder().decode(texts.get("conffiles") ?? new Uint8Array()));
}

/** As dpkg writes it once a package is installed. */
function statusEntry(tree: RootTree, fields: Paragraph, control: string, conffiles: string): string {
  const rest = control.trim().replace(/^Package: .*\n/, "");
  const configured = conffiles
    .split("\n")
    .filter((path) => path.startsWith("/"))
    .flatMap((path) => {
      const entry = tree.get(treePath(path));
      return entry?.kind === "file" ? ` ${path} ${createHash("md5").update(entry.bytes).digest("hex")}` : [];
    });
  const lines = configured.length > 0 ? ["Conffiles:", ...configured] : [];
  return [`Package: ${fields.get("Package")}`, "Status: install ok installed", rest, ...lines].join("\n");
}
