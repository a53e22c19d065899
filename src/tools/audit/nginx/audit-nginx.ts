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
    look(directive, scope, directives, add);
    if (!directive.block) continue;
    if (scope.around.length === deepest) passOver(directive);
    else visit(directive.block, { ...scope, around: [...scope.around, directive] }, add, passOver);
  }
}

function look(directive: Directive, scope: Scope, siblings: readonly Directive[], add: Add): void {
  const { name, values } = directive;
  const [first = "", second = ""] = values;
  switch (name) {
    case "user":
      if (first === "root") add("runs-as-root", directive, "user root");
      return;
    case "autoindex":
      if (first === "on") add("folder-is-listed", directive);
      return;
    case "client_max_body_size":
      if (/^0[kmg]?$/i.test(first)) add("no-limit-of-body", directive);
      return;
    case "proxy_buffering":
    case "uwsgi_buffering":
    case "proxy_request_buffering":
    case "uwsgi_request_buffering":
      if (first === "off") add("no-buffering", directive, name);
      return;
    case "ssl_protocols": {
      const old = values.filter((value) => /^(?:SSLv2|SSLv3|TLSv1|TLSv1\.1)$/.test(value));
      if (old.length > 0) add("old-tls", directive, old.join(", "));
      return;
    }
    case "proxy_set_header":
      if (
        /^(?:x-forwarded-for|x-real-ip)$/i.test(first) &&
        /^\$(?:http_x_forwarded_for|http_x_real_ip)$/.test(second)
      ) {
        add("address-can-be-forged", directive, first);
      }
      return;
    case "alias": {
      const location = scope.around.at(-1);
      const path = location?.name === "location" ? plainPrefix(location.values) : undefined;
      if (path !== undefined && !path.endsWith("/") && first.endsWith("/")) {
        add("alias-leaves-its-folder", directive, `location ${path}`);
      }
      return;
    }
    case "uwsgi_pass":
      if (
        !scope.includes &&
        !siblings.some((each) => each.name === "uwsgi_param") &&
        !hasAround(scope, "uwsgi_param")
      ) {
        add("no-uwsgi-params", directive);
      }
      return;
    case "proxy_pass": {
      if (scope.includes) return;
      const set = new Set(scope.headers.map(({ values: [header = ""] }) => header.toLowerCase()));
      const missing = [
        ...(set.has("host") || set.has("x-forwarded-host") || set.has("forwarded") ? [] : ["Host"]),
        ...(set.has("x-forwarded-for") || set.has("x-real-ip") || set.has("forwarded") ? [] : ["X-Forwarded-For"]),
        ...(set.has("x-forwarded-proto") || set.has("forwarded") ? [] : ["X-Forwarded-Proto"]),
      ];
      if (missing.length > 0) add("app-knows-no-reader", directive, missing.join(", "));
      return;
    }
  }
}

function hasAround({ around }: Scope, name: string): boolean {
  return around.some(({ block = [] }) => block.some((each) => each.name === name || each.name === "include"));
}

/** The path of a location that is compared as a prefix: without modifier, or with `^~`. */
function plainPrefix(values: readonly string[]): string | undefined {
  if (values.length === 1) return values[0]?.startsWith("/") ? values[0] : undefined;
  return values[0] === "^~" ? values[1] : undefined;
}
