/** The machine's root file system as a file tree: before and after its own programs have set it up. */
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { unpackTar } from "modern-tar";
import { RootTree } from "./file-tree.ts";
import { addEntries, mergeUsr } from "./unpack-packages.ts";

/** Lines of a list in `linux/` that are neither empty nor remarks. */
export function listedIn(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("#"));
}

/**
 * Files that the machine does without: those that are left out at once, and those that the setting up of packages
 * needs.
 */
export function leftOut(text = readFileSync("linux/left-out.txt", "utf8")): {
  atOnce: readonly string[];
  later: readonly string[];
} {
  const [atOnce = "", later = ""] = text.split(/^# Only once .*$/m);
  return { atOnce: listedIn(atOnce), later: listedIn(later) };
}

/** Units that a machine without terminals, devices and network has no use for. */
const masked = listedIn(`
getty.target
systemd-logind.service
systemd-udevd.service
systemd-udev-trigger.service
systemd-udev-settle.service
systemd-timesyncd.service
systemd-networkd.service
systemd-resolved.service
systemd-hwdb-update.service
systemd-journal-catalog-update.service
systemd-journal-flush.service
systemd-firstboot.service
systemd-machine-id-commit.service
dev-hugepages.mount
dev-mqueue.mount
sys-kernel-debug.mount
sys-kernel-tracing.mount
sys-fs-fuse-connections.mount
proc-sys-fs-binfmt_misc.automount
systemd-user-sessions.service
modprobe@.service
modprobe@configfs.service
modprobe@dm_mod.service
modprobe@loop.service
modprobe@fuse.service
modprobe@efi_pstore.service
modprobe@drm.service
systemd-modules-load.service
systemd-random-seed.service
systemd-sysusers.service
systemd-remount-fs.service
systemd-update-done.service
ldconfig.service
systemd-creds.socket
systemd-hostnamed.socket
systemd-sysext.socket
systemd-ask-password-wall.path
systemd-ask-password-console.path
serial-getty@ttyS0.service
`);

/** The release's Python, as its package and its folder are called. */
export const pythonName = "python3.13";

/** What is put into the tree beside Debian's packages. */
export interface OwnFiles {
  /** Python's packages below `lib`, commands below `bin`. */
  readonly sitePackages: ReadonlyMap<string, Uint8Array>;
}

/** Debian's packages and our files, ready to be booted with `linux/guest/prepare.sh` as the first program. */
export function treeToPrepare(packages: RootTree, { sitePackages }: OwnFiles): RootTree {
  const tree = packages;
  for (const folder of ["dev", "proc", "sys", "run", "tmp", "mnt", "lower"]) {
    tree.set(folder, { kind: "folder", mode: folder === "tmp" ? 0o1777 : 0o755, uid: 0, gid: 0 });
  }
  tree.set("dev/console", { kind: "character-device", mode: 0o600, uid: 0, gid: 0, major: 5, minor: 1 });
  tree.write("var/lib/dpkg/arch", "i386\n");
  tree.write("var/lib/dpkg/info/format", "1\n");
  for (const list of ["diversions", "statoverride"]) tree.write(`var/lib/dpkg/${list}`, "");
  tree.set("var/lib/dpkg/alternatives", { kind: "folder", mode: 0o755, uid: 0, gid: 0 });
  for (const [path, bytes] of sitePackages) {
    const isCommand = path.startsWith("bin/");
    tree.write(
      isCommand ? `usr/local/${path}` : path.replace(/^lib/, `usr/local/lib/${pythonName}/dist-packages`),
      bytes,
      isCommand ? 0o755 : 0o644,
    );
  }
  tree.link("usr/local/bin/python", "/usr/bin/python3");
  for (const name of readdirSync("linux/guest").filter((each) => each.endsWith(".py"))) {
    tree.write(`usr/lib/two-servers/${name}`, readFileSync(join("linux/guest", name)));
  }
  bundleCertificates(tree);
  removeAll(tree, leftOut().atOnce);
  for (const path of tree.below("usr/share/doc")) {
    if (tree.get(path)?.kind === "file" && !path.endsWith("/copyright")) tree.remove(path);
  }
  removeEmptyFolders(tree, "usr/share/doc");
  for (const [index, files] of halvesOf(pythonFiles(tree)).entries()) {
    tree.write(`usr/lib/two-servers/to-compile-${index + 1}`, `${files.map((path) => `/${path}`).join("\n")}\n`);
  }
  tree.write("usr/lib/two-servers/prepare", readFileSync("linux/guest/prepare.sh"), 0o755);
  tree.write(
    "usr/lib/two-servers/to-configure",
    `${listedIn(readFileSync("linux/to-configure.txt", "utf8")).join("\n")}\n`,
  );
  tree.write("usr/lib/two-servers/left-out", `${leftOut().later.join("\n")}\n`);
  return tree;
}

/** What the machine boots from, once its programs have changed the tree. */
export async function preparedTree(before: RootTree, changes: readonly Uint8Array[]): Promise<RootTree> {
  const tree = before.copy();
  for (const archive of changes) addEntries(tree, await unpackTar(archive));
  const { atOnce, later } = leftOut();
  removeAll(tree, [...atOnce, ...later]);
  for (const name of ["prepare", "to-configure", "left-out", "to-compile-1", "to-compile-2"])
    tree.remove(`usr/lib/two-servers/${name}`);
  // Nothing is ever installed.
  tree.remove("usr/sbin/ldconfig");
  // The only editor.
  tree.link("usr/bin/vi", "busybox");
  putOverlay(tree);
  tree.write("usr/lib/two-servers/accepted.so", readFileSync("linux/built/accepted.so"));
  for (const wants of ["multi-user", "timers", "getty", "sysinit"]) {
    for (const path of tree.below(`etc/systemd/system/${wants}.target.wants`)) tree.remove(path);
  }
  tree.link(
    "etc/systemd/system/multi-user.target.wants/two-servers-agent.service",
    "/etc/systemd/system/two-servers-agent.service",
  );
  for (const unit of masked) tree.link(`etc/systemd/system/${unit}`, "/dev/null");
  tree.link("etc/systemd/system/default.target", "/usr/lib/systemd/system/multi-user.target");
  tree.link("etc/localtime", "/usr/share/zoneinfo/UTC");
  tree.write("etc/timezone", "Etc/UTC\n");
  tree.write("etc/hostname", "localhost\n");
  tree.write("etc/hosts", "127.0.0.1 localhost\n");
  tree.write("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
  for (const path of ["etc/resolv.conf", "etc/initrd-release"]) tree.remove(path);
  tree.write("etc/fstab", "");
  tree.write(
    "etc/systemd/journald.conf.d/machine.conf",
    "[Journal]\nStorage=volatile\nRuntimeMaxUse=8M\nForwardToConsole=no\n",
  );
  for (const folder of ["dev", "run", "tmp", "proc", "sys"]) for (const path of tree.below(folder)) tree.remove(path);
  tree.set("dev/console", { kind: "character-device", mode: 0o600, uid: 0, gid: 0, major: 5, minor: 1 });
  return tree;
}

/** A tree with the folders that every Debian has. */
export function emptyTree(): RootTree {
  const tree = new RootTree();
  mergeUsr(tree);
  return tree;
}

function putOverlay(tree: RootTree): void {
  const folder = "linux/overlay";
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const from = join(entry.parentPath, entry.name);
    const path = from.slice(folder.length + 1).replaceAll("\\", "/");
    tree.write(path, readFileSync(from), path === "usr/lib/two-servers/init" ? 0o755 : 0o644);
  }
}

/** All certificates in one file, as `update-ca-certificates` writes it: that is where curl and Python look. */
function bundleCertificates(tree: RootTree): void {
  const certificates = tree.below("usr/share/ca-certificates").filter((path) => path.endsWith(".crt"));
  const texts = certificates.sort().map((path) => {
    const entry = tree.get(path);
    return entry?.kind === "file" ? `${new TextDecoder().decode(entry.bytes).trimEnd()}\n` : "";
  });
  tree.write("etc/ssl/certs/ca-certificates.crt", texts.join(""));
}

/** What Python can import, with its size. */
function pythonFiles(tree: RootTree): readonly { path: string; size: number }[] {
  const folders = [`usr/lib/${pythonName}`, "usr/lib/python3", "usr/lib/two-servers", `usr/local/lib/${pythonName}`];
  return folders
    .flatMap((folder) => tree.below(folder))
    .filter((path) => path.endsWith(".py"))
    .flatMap((path) => {
      const entry = tree.get(path);
      return entry?.kind === "file" ? { path, size: entry.bytes.length } : [];
    });
}

/** Share of the first machine, which sets the packages up as well. */
const firstShare = 0.35;

function halvesOf(files: readonly { path: string; size: number }[]): readonly [string[], string[]] {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const halves: [string[], string[]] = [[], []];
  let sum = 0;
  for (const { path, size } of files) {
    halves[sum < total * firstShare ? 0 : 1].push(path);
    sum += size;
  }
  return halves;
}

function removeEmptyFolders(tree: RootTree, top: string): void {
  for (const path of tree.below(top).toSorted().reverse()) {
    if (tree.get(path)?.kind === "folder" && tree.below(path).length === 0) tree.remove(path);
  }
}

/** Removes all that a pattern matches, as a shell expands it. */
function removeAll(tree: RootTree, patterns: readonly string[]): void {
  const byTop = tree.paths();
  for (const pattern of patterns) {
    for (const path of byTop) if (posix.matchesGlob(path, pattern)) tree.remove(path);
  }
}
