/** Audits an nginx configuration, or a part of one. */
import type { Finding, Place } from "../findings/finding.ts";
import { type MeantName, meantNames } from "../findings/nearest-name.ts";
import type { RuleName } from "../findings/rules.ts";
import type { Directive, NginxMistake } from "./directive.ts";
import {
  contextIn,
  doubledIn,
  hasOwnWords,
  isUnbalanced,
  mistakeIn,
  ofOtherModules,
  unknownVariable,
} from "./directive-checks.ts";
import { readNginx } from "./nginx-config.ts";

/** What a block takes over from those around it. */
interface Scope {
  /** `proxy_set_header` lines that are in force: a block with lines of its own takes none over. */
  readonly headers: readonly Directive[];
  /** The blocks around, from outside. */
  readonly around: readonly Directive[];
  /** A file that the audit cannot see may say more here. */
  readonly includes: boolean;
}

/** Files that as a rule hold something else than headers for the app: certbot's, types, other servers. */
const noHeaders = /mime\.types|fastcgi|ssl|cert|tls|letsencrypt|sites-|modules|conf\.d|gzip|server_name|types|upstream/;

/** Blocks within one another that are looked into. nginx knows of no more than a handful. */
const deepest = 100;

/** What there is to say of an `nginx.conf`. */
export function auditNginx(text: string): readonly Finding[] {
  const { directives, mistake } = readNginx(text);
  const findings: Finding[] = [];
  const add = (rule: RuleName, { from, to }: Place, about = "") => findings.push({ rule, about, from, to });
  if (mistake) add("nginx-not-understood", mistake, mistake.message);
  let tooDeep: Place | undefined;
  visit(directives, { headers: [], around: [], includes: false }, add, (place) => {
    tooDeep ??= place;
  });
  if (tooDeep) add("too-deeply-nested", tooDeep);
  const all = allOf(directives, 0);
  const defined = definedIn(all);
  checkBlock(directives, { block: undefined, context: undefined, depth: 0, defined, meant: meantNames() }, add);
  findTls(directives, all, add);
  return findings;
}

/** Variables that a text makes itself: by `set`, `map`, named groups and their like. */
function definedIn(all: readonly Directive[]): ReadonlySet<string> {
  const makers =
    /^(?:set|map|geo|split_clients|auth_request_set|js_set|perl_set|geoip2|keyval|limit_req_zone|.*_by_lua.*)$/;
  const names = all.flatMap(({ name, values }) => {
    const groups = values.flatMap((value) =>
      [...value.matchAll(/\(\?P?[<'](\w+)[>']/g)].map(([, group = ""]) => group),
    );
    const made = makers.test(name) ? values.flatMap((value) => /^\$(\w+)$/.exec(value)?.[1] ?? []) : [];
    return [...groups, ...made];
  });
  return new Set(names);
}

/** Where a block of directives stands. */
interface BlockPlace {
  /** The directive that holds it; undefined for the top of the text. */
  readonly block: Directive | undefined;
  readonly context: string | undefined;
  readonly depth: number;
  readonly defined: ReadonlySet<string>;
  readonly meant: MeantName;
}

/** What nginx itself would refuse. */
function checkBlock(
  directives: readonly Directive[],
  { block, context, depth, defined, meant }: BlockPlace,
  add: Add,
): void {
  if (block !== undefined && hasOwnWords(block.name)) return;
  const refuse = ({ message, from, to }: NginxMistake) => add("nginx-not-understood", { from, to }, message);
  // At the top, pieces of several blocks may stand beside one another.
  if (block !== undefined) for (const mistake of doubledIn(directives)) refuse(mistake);
  for (const directive of directives) {
    const { name, values, words } = directive;
    const mistake = mistakeIn(directive, context, meant) ?? mistakeInText(directive, block, defined, meant);
    if (mistake !== undefined) refuse({ ...mistake, to: Math.max(mistake.from, mistake.to) });
    if (directive.block !== undefined && depth < deepest) {
      const inner = { block: directive, context: contextIn(name, context), depth: depth + 1, defined, meant };
      checkBlock(directive.block, inner, add);
    }
    const [first] = words;
    const open = name === "set_real_ip_from" && /^(?:0\.0\.0\.0|::)\/0$/.test(values[0] ?? "");
    if (open && first !== undefined) add("address-can-be-forged", first, `${name} ${values[0]}`);
  }
}

/** Regular expressions and variables, and an address that goes with neither. */
function mistakeInText(
  { name, values, from, words }: Directive,
  block: Directive | undefined,
  defined: ReadonlySet<string>,
  meant: MeantName,
): NginxMistake | undefined {
  const place = { from, to: (words.at(-1) ?? { to: from }).to };
  const pattern = patternOf(name, values);
  if (pattern !== undefined && isUnbalanced(pattern)) {
    return { message: `the regular expression "${pattern.slice(0, 40)}" is not complete`, ...place };
  }
  const outside = outsideOf({ name, values }, block);
  if (outside !== undefined) return { message: outside, ...place };
  const open = values.map((value) => /\$\{(\w*)(?![\w}])/.exec(value)?.[1]).find((each) => each !== undefined);
  if (open !== undefined && pattern === undefined) {
    return { message: `the closing bracket in "${open}" variable is missing`, ...place };
  }
  const variable = values.map((value) => unknownVariable(value, defined, meant)).find((each) => each !== undefined);
  if (variable !== undefined) return { message: variable, ...place };
  const [url = ""] = values;
  if (name !== "proxy_pass" || !/^https?:\/\/[^/$]+\/[^$]*$/i.test(url) || /^https?:\/\/unix:/i.test(url))
    return undefined;
  const inPattern =
    block?.name === "location" && (/^~\*?$/.test(block.values[0] ?? "") || block.values[0]?.startsWith("@"));
  if (!inPattern && block?.name !== "if") return undefined;
  return {
    message: '"proxy_pass" cannot have a path in a location that is a regular expression or has a name',
    ...place,
  };
}

/** A location in another one begins as that does, unless it is a regular expression. */
function outsideOf(
  { name, values }: Pick<Directive, "name" | "values">,
  block: Directive | undefined,
): string | undefined {
  if (name !== "location" || block?.name !== "location") return undefined;
  const [inner = "", outer = ""] = [values, block.values].map((each) => each.at(-1) ?? "");
  const isPattern = [values, block.values].some(([first = ""]) => first.startsWith("~"));
  if (isPattern) return undefined;
  if (inner.startsWith("@")) return `named location "${inner}" can be on the server level only`;
  return inner.startsWith(outer) ? undefined : `location "${inner}" is outside location "${outer}"`;
}

function patternOf(name: string, values: readonly string[]): string | undefined {
  const [first = "", second] = values;
  if (name === "location") return /^~\*?$/.test(first) ? second : undefined;
  if (name === "rewrite") return first;
  return name === "server_name" ? values.find((value) => value.startsWith("~"))?.slice(1) : undefined;
}

/** What is encrypted, and what lacks something for that. */
function findTls(directives: readonly Directive[], all: readonly Directive[], add: Add): void {
  const passes = all.find(({ name }) => name === "proxy_pass" || name === "uwsgi_pass");
  const listens = all.filter(({ name, values }) => name === "listen" && values.length > 0);
  const withTls = ({ values }: Directive) => values.includes("ssl") || values.includes("quic");
  const isOn = all.some(({ name, values }) => name === "ssl" && values[0] === "on");
  const plainOn443 = listens.find((listen) => /(?:^|:)443$/.test(listen.values[0] ?? "") && !withTls(listen));
  const certificate = all.some(({ name }) => name === "ssl_certificate");
  const encrypted = isOn || listens.some(withTls) || (certificate && plainOn443 === undefined);
  if (passes && !encrypted && all.some(({ name }) => name === "server" || name === "listen")) {
    add("no-tls", plainOn443 ?? passes);
  }
  // Another file may have a block around this one.
  const whole = directives.some(({ name }) => name === "http");
  const missing = ["ssl_certificate", "ssl_certificate_key"].filter((wanted) =>
    all.every(({ name }) => name !== wanted),
  );
  const includes = all.some(({ name, values }) => name === "include" && !/mime\.types|_params/.test(values[0] ?? ""));
  const listen = listens.find(withTls);
  if (listen === undefined || missing.length === 0 || includes) return;
  const message = missing.map((name) => `no "${name}" is defined`).join(", ");
  add(whole ? "nginx-not-understood" : "no-certificate", listen, whole ? message : missing.join(", "));
}

function allOf(directives: readonly Directive[], depth: number): readonly Directive[] {
  const inner = directives.flatMap(({ name, block = [] }) => (ofOtherModules(name) ? [] : block));
  return depth === deepest || inner.length === 0 ? directives : [...directives, ...allOf(inner, depth + 1)];
}

type Add = (rule: RuleName, place: Place, about?: string) => void;

function visit(directives: readonly Directive[], outer: Scope, add: Add, passOver: (place: Place) => void): void {
  const own = directives.filter(({ name }) => name === "proxy_set_header");
  const scope: Scope = {
    ...outer,
    headers: own.length > 0 ? own : outer.headers,
    // What a file says of the block around counts here as well, unless this one has headers of its own.
    includes:
      (outer.includes && own.length === 0) ||
      directives.some(({ name, values }) => name === "include" && !noHeaders.test(values[0] ?? "")),
  };
  for (const directive of directives) {
    for (const [rule, about] of rules.get(directive.name)?.(directive, scope, directives) ?? [])
      add(rule, directive, about);
    if (!directive.block || ofOtherModules(directive.name)) continue;
    if (scope.around.length === deepest) passOver(directive);
    else visit(directive.block, { ...scope, around: [...scope.around, directive] }, add, passOver);
  }
}

/** What is wrong with a directive, each with what it is about. */
type Found = readonly (readonly [rule: RuleName, about?: string])[];
type DirectiveRule = (directive: Directive, scope: Scope, siblings: readonly Directive[]) => Found;

/** A rule for a directive that is wrong with one value. */
const wrongAs =
  (wrong: string, rule: RuleName, about = ""): DirectiveRule =>
  ({ values }) =>
    values[0] === wrong ? [[rule, about]] : [];

const buffering: DirectiveRule = ({ name, values }) => (values[0] === "off" ? [["no-buffering", name]] : []);

/** The rules, by the directives that they look at. */
const rules: ReadonlyMap<string, DirectiveRule> = new Map<string, DirectiveRule>([
  ["user", wrongAs("root", "runs-as-root", "user root")],
  ["autoindex", wrongAs("on", "folder-is-listed")],
  ["client_max_body_size", ({ values: [size = ""] }) => (/^0[kmg]?$/i.test(size) ? [["no-limit-of-body"]] : [])],
  ["proxy_buffering", buffering],
  ["uwsgi_buffering", buffering],
  ["proxy_request_buffering", buffering],
  ["uwsgi_request_buffering", buffering],
  [
    "ssl_protocols",
    ({ values }) => {
      const old = values.filter((value) => /^(?:SSLv2|SSLv3|TLSv1|TLSv1\.1)$/.test(value));
      return old.length > 0 ? [["old-tls", old.join(", ")]] : [];
    },
  ],
  [
    "proxy_set_header",
    ({ values: [header = "", value = ""] }) => {
      const sentByReader = /^\$(?:http_x_forwarded_for|http_x_real_ip)$/.test(value);
      const believed = /^(?:x-forwarded-for|x-real-ip)$/i.test(header);
      return believed && sentByReader ? [["address-can-be-forged", header]] : [];
    },
  ],
  [
    "alias",
    ({ values: [folder = ""] }, { around }) => {
      const location = around.at(-1);
      const path = location?.name === "location" ? plainPrefix(location.values) : undefined;
      if (path === undefined || folder.includes("$")) return [];
      if (path.endsWith("/") && path !== "/" && !folder.endsWith("/"))
        return [["alias-joins-names", `alias ${folder}`]];
      return path.endsWith("/") || !folder.endsWith("/") ? [] : [["alias-leaves-its-folder", `location ${path}`]];
    },
  ],
  [
    "uwsgi_pass",
    (_, scope, siblings) => {
      const given = siblings.some(({ name }) => name === "uwsgi_param") || hasAround(scope, "uwsgi_param");
      return scope.includes || given ? [] : [["no-uwsgi-params"]];
    },
  ],
  [
    "proxy_pass",
    (_, scope) => {
      const missing = scope.includes ? [] : missingHeaders(scope);
      return missing.length > 0 ? [["app-knows-no-reader", missing.join(", ")]] : [];
    },
  ],
]);

/** What an app has to be told of a reader, and the headers of which any one tells it. */
const tellingHeaders = [
  ["Host", ["host", "x-forwarded-host", "forwarded"]],
  ["X-Forwarded-For", ["x-forwarded-for", "x-real-ip", "forwarded"]],
  ["X-Forwarded-Proto", ["x-forwarded-proto", "forwarded"]],
] as const;

function missingHeaders({ headers }: Scope): readonly string[] {
  const set = new Set(headers.map(({ values: [header = ""] }) => header.toLowerCase()));
  return tellingHeaders.filter(([, any]) => !any.some((header) => set.has(header))).map(([name]) => name);
}

function hasAround({ around }: Scope, name: string): boolean {
  return around.some(({ block = [] }) => block.some((each) => each.name === name || each.name === "include"));
}

/** The path of a location that is compared as a prefix: without modifier, or with `^~`. */
function plainPrefix(values: readonly string[]): string | undefined {
  if (values.length === 1) return values[0]?.startsWith("/") ? values[0] : undefined;
  return values[0] === "^~" ? values[1] : undefined;
}
