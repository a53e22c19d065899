/** Audits an nginx configuration, or a part of one. */
import type { Finding, Place } from "../findings/finding.ts";
import type { RuleName } from "../findings/rules.ts";
import { type Directive, readNginx } from "./nginx-config.ts";

/** What a block takes over from those around it. */
interface Scope {
  /** `proxy_set_header` lines that are in force: a block with lines of its own takes none over. */
  readonly headers: readonly Directive[];
  /** The blocks around, from outside. */
  readonly around: readonly Directive[];
  /** A file that the audit cannot see may say more here. */
  readonly includes: boolean;
}

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
  const passes = all.find(({ name }) => name === "proxy_pass" || name === "uwsgi_pass");
  const encrypted = all.some(
    ({ name, values }) =>
      (name === "listen" && (values.includes("ssl") || /(?:^|:)443$/.test(values[0] ?? ""))) ||
      (name === "ssl" && values[0] === "on") ||
      name === "ssl_certificate",
  );
  if (passes && !encrypted && all.some(({ name }) => name === "server" || name === "listen")) add("no-tls", passes);
  return findings;
}

function allOf(directives: readonly Directive[], depth: number): readonly Directive[] {
  const inner = directives.flatMap(({ block = [] }) => block);
  return depth === deepest || inner.length === 0 ? directives : [...directives, ...allOf(inner, depth + 1)];
}

type Add = (rule: RuleName, place: Place, about?: string) => void;

function visit(directives: readonly Directive[], outer: Scope, add: Add, passOver: (place: Place) => void): void {
  const own = directives.filter(({ name }) => name === "proxy_set_header");
  const scope: Scope = {
    ...outer,
    headers: own.length > 0 ? own : outer.headers,
    // Those of the main and http blocks are MIME types and other servers as a rule.
    includes: directives.some(({ name, values }) => name === "include" && !/mime\.types|fastcgi/.test(values[0] ?? "")),
  };
  for (const directive of directives) {
    for (const [rule, about] of rules.get(directive.name)?.(directive, scope, directives) ?? [])
      add(rule, directive, about);
    if (!directive.block) continue;
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
      if (path === undefined || path.endsWith("/") || !folder.endsWith("/")) return [];
      return [["alias-leaves-its-folder", `location ${path}`]];
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
