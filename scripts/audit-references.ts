/**
 * Writes what the audit knows of nginx's directives and of systemd's keys: `src/tools/audit/nginx/directives.json` and
 * `src/tools/audit/systemd/keys.json`. To be run by hand, on a Linux with systemd, when either has a new version.
 *
 *     node scripts/audit-references.ts FOLDER_OF_NGINX_SOURCES
 */
import { execFileSync } from "node:child_process";
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [sources] = process.argv.slice(2);
if (sources === undefined)
  throw new Error("Give the folder of nginx's sources: node scripts/audit-references.ts FOLDER");

/** Directives that stand in a mail or stream block are no part of what the audit reads. */
const files = globSync(["src/core/**/*.c", "src/event/**/*.c", "src/http/**/*.c"], { cwd: sources });
const texts = files.map((file) => readFileSync(join(sources, file), "utf8"));
const version = /#define NGINX_VERSION\s+"([^"]+)"/.exec(readFileSync(join(sources, "src/core/nginx.h"), "utf8"))?.[1];

/** Where a directive may stand, as nginx's source names it. */
const contexts: Readonly<Record<string, string>> = {
  NGX_MAIN_CONF: "main",
  NGX_DIRECT_CONF: "main",
  NGX_EVENT_CONF: "events",
  NGX_HTTP_MAIN_CONF: "http",
  NGX_HTTP_SRV_CONF: "server",
  NGX_HTTP_LOC_CONF: "location",
  NGX_HTTP_UPS_CONF: "upstream",
  NGX_HTTP_SIF_CONF: "if in server",
  NGX_HTTP_LIF_CONF: "if in location",
  NGX_HTTP_LMT_CONF: "limit_except",
};
const values: Readonly<Record<string, string>> = {
  ngx_conf_set_size_slot: "size",
  ngx_conf_set_off_slot: "offset",
  ngx_conf_set_msec_slot: "time",
  ngx_conf_set_sec_slot: "time",
  ngx_conf_set_num_slot: "number",
};

interface Directive {
  in: string[];
  /** How many values; `[1, 2]`, or `[1, null]` for one or more. */
  takes: [number, number | null][];
  block: boolean;
  value: string;
}
const directives: Record<string, Directive> = {};
const variables = new Set<string>();
for (const text of texts) {
  for (const [, name = "", flags = "", setter = ""] of text.matchAll(
    /\{\s*ngx_string\("(\w+)"\),\s*((?:NGX_\w+\s*\|?\s*)+),\s*(\w+)/g,
  )) {
    const words = flags.split("|").map((flag) => flag.trim());
    const places = words.flatMap((flag) => contexts[flag] ?? []);
    if (places.length === 0) continue;
    const takes = words.flatMap((flag): [number, number | null][] => {
      if (flag === "NGX_CONF_NOARGS") return [[0, 0]];
      if (flag === "NGX_CONF_FLAG") return [[1, 1]];
      if (flag === "NGX_CONF_ANY") return [[0, null]];
      if (flag === "NGX_CONF_1MORE") return [[1, null]];
      if (flag === "NGX_CONF_2MORE") return [[2, null]];
      const digits = /^NGX_CONF_TAKE(\d+)$/.exec(flag)?.[1] ?? "";
      return [...digits].map((digit): [number, number] => [Number(digit), Number(digit)]);
    });
    const value = words.includes("NGX_CONF_FLAG") ? "flag" : (values[setter] ?? "text");
    directives[name] ??= { in: [], takes: [], block: words.includes("NGX_CONF_BLOCK"), value };
    const known = directives[name];
    if (known.value !== value) known.value = "text";
    for (const place of places) if (!known.in.includes(place)) known.in.push(place);
    known.takes.push(...takes);
  }
  for (const [, list = ""] of text.matchAll(/static ngx_http_variable_t\s+\w+\[\] = \{([\s\S]*?)\n\};/g)) {
    for (const [, name = ""] of list.matchAll(/\{\s*ngx_string\("(\w+)"\)/g)) variables.add(name);
  }
}

const keys: Record<string, Record<string, string>> = {};
let section: Record<string, string> = {};
const types: Readonly<Record<string, string>> = { BOOLEAN: "boolean", SECONDS: "time", SIGNAL: "signal", PATH: "path" };
const items = execFileSync("/usr/lib/systemd/systemd", ["--dump-configuration-items"], { encoding: "utf8" });
for (const line of items.split("\n")) {
  const [, name] = /^\[(\w+)\]$/.exec(line) ?? [];
  // The audit reads services and what starts them.
  if (name !== undefined) section = {};
  if (name !== undefined && /^(?:Unit|Service|Socket|Timer|Path|Install)$/.test(name)) keys[name] = section;
  const [, key, type = ""] = /^(\w+)=(.*)$/.exec(line) ?? [];
  if (key !== undefined) section[key] = types[type] ?? "other";
}
const [, systemd] = /^systemd (\d+)/.exec(execFileSync("systemctl", ["--version"], { encoding: "utf8" })) ?? [];

const write = (path: string, table: unknown) => writeFileSync(path, `${JSON.stringify(table, null, 1)}\n`);
write("src/tools/audit/nginx/directives.json", { version, directives, variables: [...variables].sort() });
write("src/tools/audit/systemd/keys.json", { version: systemd, sections: keys });
execFileSync("npx", ["biome", "format", "--write", "src/tools/audit/nginx/directives.json"], { stdio: "inherit" });
execFileSync("npx", ["biome", "format", "--write", "src/tools/audit/systemd/keys.json"], { stdio: "inherit" });
