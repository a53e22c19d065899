/**
 * Finds the web servers that the site is tried on: on this computer, or, on Debian, as its packages have them. Those
 * are unpacked into `.cache/`, so that nothing of the computer is changed and nobody has to be its administrator.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

/** The servers, with the Debian package that each is in. */
const packages = { nginx: "nginx", apache2: "apache2-bin", caddy: "caddy" } as const;

/** A server's program. */
export type PackagedServer = keyof typeof packages;

/** A server that can be started. */
export interface WebServer {
  readonly command: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where its own files are: `/`, or the folder that its package was unpacked into. */
  readonly root: string;
}

/** A server, or the reason why there is none. */
export type FoundServer = { readonly server: WebServer } | { readonly missing: string };

const folders = ["usr/sbin", "usr/bin", "usr/local/sbin", "usr/local/bin"];

function inRoot(root: string, name: PackagedServer): string | undefined {
  return folders.map((folder) => join(root, folder, name)).find((path) => existsSync(path));
}

/** Finds a server; unpacks its package if need be. */
export function findServer(name: PackagedServer): FoundServer {
  const here = inRoot("/", name);
  if (here) return { server: { command: here, env: process.env, root: "/" } };
  const root = resolve(".cache/web-servers", name);
  try {
    if (!inRoot(root, name)) unpack(packages[name], root);
  } catch (error) {
    rmSync(root, { recursive: true, force: true });
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    return { missing: `${name} is not on this computer, and Debian's package could not be had: ${reason}` };
  }
  const command = inRoot(root, name);
  if (!command) return { missing: `${name} is not in Debian's package ${packages[name]}` };
  const libraries = ["usr/lib", "lib"]
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => [folder, ...readdirSync(folder).map((each) => join(folder, each))])
    .filter((folder) => folder.endsWith("-linux-gnu"));
  return { server: { command, env: { ...process.env, LD_LIBRARY_PATH: libraries.join(":") }, root } };
}

/** Unpacks a package, and those it needs that are not installed. */
function unpack(name: string, root: string): void {
  const run = (command: string, args: readonly string[], cwd = process.cwd()) =>
    execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], timeout: 180_000 });
  const plan = () => run("apt-get", ["--simulate", "install", "--no-install-recommends", name]);
  let text: string;
  try {
    text = plan();
  } catch {
    // No lists of packages yet.
    run("apt-get", ["update"]);
    text = plan();
  }
  // A package with an installed version in brackets would only be renewed.
  const wanted = [...text.matchAll(/^Inst (\S+) \(/gm)].map(([, each = ""]) => each);
  mkdirSync(root, { recursive: true });
  run("apt-get", ["download", ...wanted], root);
  for (const file of readdirSync(root)) {
    if (file.endsWith(".deb")) run("dpkg-deb", ["--extract", file, "."], root);
  }
}
