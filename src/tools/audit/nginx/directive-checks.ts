/** What nginx itself would refuse in a directive, in its words, as far as a text shows it. */
import type { Place } from "../findings/finding.ts";
import type { MeantName } from "../findings/nearest-name.ts";
import type { Directive, NginxMistake } from "./directive.ts";
import table from "./directives.json";
import { mistakeOfValues } from "./value-checks.ts";

/** What nginx's own modules know of a directive. */
interface Known {
  /** Blocks that it may stand in: `main`, `http`, `server`, `location`, `if in server`… */
  readonly in: readonly string[];
  /** From how many values to how many, each. */
  readonly takes: readonly (readonly (number | null)[])[];
  /** It holds a block; `server` in `upstream` is another directive of the same name. */
  readonly block: boolean;
  readonly value: string;
}

const known: ReadonlyMap<string, Known> = new Map<string, Known>([
  ...Object.entries(table.directives),
  // These stand anywhere, or begin other kinds of configuration.
  ["include", { in: [], takes: [[1, 1]], block: false, value: "text" }],
  ["load_module", { in: ["main"], takes: [[1, 1]], block: false, value: "text" }],
  ["stream", { in: ["main"], takes: [[0, 0]], block: true, value: "text" }],
  ["mail", { in: ["main"], takes: [[0, 0]], block: true, value: "text" }],
]);
const variables: ReadonlySet<string> = new Set(table.variables);

/** Directives of modules that are built in separately, or sold: nothing is known of them. */
const ofOthers =
  /^(?:more_|brotli|zstd|lua_|.*_by_lua|passenger|pagespeed|geoip2?|vhost_traffic|modsecurity|js_|health_check|zone_sync|sticky|status|api$|auth_jwt|auth_ldap|auth_spnego|echo|set_|rtmp|dav_ext|fancyindex|upload|headers_more|ct|njs|otel|opentracing|opentelemetry|datadog|nchan|push_|perl|image_filter|xslt|xml|subs_|naxsi|security|testcookie|redis|memc|srcache|drizzle|postgres|limit_zone|google_perftools|ntlm|session_log|state|match|keyval|internal_redirect|acme|mgmt|proxy_cache_purge|fastcgi_cache_purge|uwsgi_cache_purge|vod|hls|mp4|flv|aio_|ssl_ct|spdy|http2|http3|quic|add_trailer|ssl_ech|ssl$)/;

/** Their blocks hold words of one's own. */
const ownWords: ReadonlySet<string> = new Set([
  "map",
  "geo",
  "types",
  "split_clients",
  "charset_map",
  "match",
  "geoip2",
]);
/** Their blocks are configured by other modules. */
const elsewhere: ReadonlySet<string> = new Set(["stream", "mail", "rtmp", "mgmt"]);
/** These are refused when they come twice in a block, and so is what takes one size, time, number, or `on` and `off`. */
const once: ReadonlySet<string> = new Set([
  ...["root", "alias", "proxy_pass", "uwsgi_pass", "fastcgi_pass", "grpc_pass", "try_files", "keepalive_timeout"],
  ...[
    "server_tokens",
    "default_type",
    "proxy_http_version",
    "pid",
    "user",
    "expires",
    "charset",
    "satisfy",
    "resolver",
  ],
  ...["auth_basic", "auth_basic_user_file", "auth_request", "open_file_cache", "disable_symlinks", "gzip_static"],
  ...["gzip_http_version", "lingering_close", "if_modified_since", "large_client_header_buffers", "ssl_ciphers"],
  ...["ssl_verify_client", "ssl_dhparam", "limit_rate", "proxy_buffers"],
]);

function comesOnce(name: string): boolean {
  const { value, block } = known.get(name) ?? { value: "text", block: false };
  return once.has(name) || (!block && value !== "text" && !name.endsWith("_send_lowat"));
}

const size = /^\d+[kKmM]?$/;
const offset = /^\d+[kKmMgG]?$/;
const time = /^(?:\d+|(?:\d+(?:ms|[yMwdhms]) ?)+)$/;

/** Whether a block of this name is configured by modules that the audit does not know: `stream`, `mail`. */
export function ofOtherModules(name: string): boolean {
  return elsewhere.has(name);
}

/** Whether a block of this name is one whose words are not nginx's own. */
export function hasOwnWords(name: string): boolean {
  return ownWords.has(name) || elsewhere.has(name);
}

/** Whether a name is a directive's that holds a block; undefined where it is not known. */
export function holdsBlock(name: string): boolean | undefined {
  return known.get(name)?.block;
}

/** Whether nginx's own modules have a directive of this name. */
export function isDirective(name: string): boolean {
  return known.has(name);
}

/** The context that a block makes for what stands in it; undefined where it is not known. */
export function contextIn(name: string, around: string | undefined): string | undefined {
  switch (name) {
    case "if":
      return around === undefined ? undefined : `if in ${around}`;
    case "events":
    case "http":
    case "server":
    case "location":
    case "upstream":
    case "limit_except":
      return name;
    default:
      return undefined;
  }
}

/**
 * What nginx would refuse in one directive.
 *
 * @param context what it stands in: the name of the block, undefined at the top of a text, which may be a part
 * @param meant which known name was meant by another one
 */
export function mistakeIn(
  directive: Directive,
  context: string | undefined,
  meant: MeantName,
): NginxMistake | undefined {
  const { name, values, words } = directive;
  const place = { from: directive.from, to: (words.at(-1) ?? directive).to };
  const refuse = (message: string, at: Place = place): NginxMistake => ({ message, from: at.from, to: at.to });
  const entry = known.get(name);
  if (entry === undefined) {
    if (ofOthers.test(name)) return undefined;
    const nearest = meant(name, known.keys());
    return refuse(`unknown directive "${name}"${nearest === undefined ? "" : ` (${nearest}?)`}`, words[0]);
  }
  // What begins a line of its own was to be a directive: the one before is not ended.
  const missing = words.slice(1).find((word) => word.startsLine && !word.quoted && isDirective(word.text));
  if (missing !== undefined) return refuse(`directive "${name}" is not terminated by ";"`, words[0]);
  if (context !== undefined && entry.in.length > 0 && !entry.in.includes(context)) {
    return refuse(`"${name}" directive is not allowed here (in ${context})`, words[0]);
  }
  const ofUpstream = name === "server" && context === "upstream";
  const isBlock = directive.block !== undefined;
  if (entry.block && !ofUpstream && !isBlock && !(name === "server" && context === undefined)) {
    return refuse(`directive "${name}" has no opening "{"`);
  }
  if (!entry.takes.some(([least, most]) => (least ?? 0) <= values.length && values.length <= (most ?? Infinity))) {
    return refuse(`invalid number of arguments in "${name}" directive`);
  }
  const ofValues = mistakeOfValues(directive);
  if (ofValues !== undefined) return refuse(`${ofValues} in "${name}" directive`);
  return mistakeInValues(directive, entry.value, refuse);
}

type Refuse = (message: string) => NginxMistake;

function mistakeInValues({ name, values }: Directive, kind: string, refuse: Refuse): NginxMistake | undefined {
  const [first = ""] = values;
  if (first.includes("$")) return undefined;
  switch (kind) {
    case "flag":
      return /^(?:on|off)$/i.test(first)
        ? undefined
        : refuse(`invalid value "${first}" in "${name}" directive, it must be "on" or "off"`);
    case "size":
      return size.test(first) ? undefined : refuse(`"${name}" directive invalid value`);
    case "offset":
      return offset.test(first) ? undefined : refuse(`"${name}" directive invalid value`);
    case "time":
      return time.test(first) ? undefined : refuse(`"${name}" directive invalid value`);
    case "number":
      return /^\d+$/.test(first) ? undefined : refuse("invalid number");
  }
  return mistakeByName.get(name)?.(values, refuse);
}

/** Words that may follow the address of `listen`. */
const listenWords =
  /^(?:default_server|default|ssl|http2|http3|quic|spdy|proxy_protocol|deferred|bind|reuseport|(?:setfib|fastopen|backlog)=\d+|(?:rcvbuf|sndbuf)=\d+[kKmM]?|ipv6only=(?:on|off)|(?:accept_filter|so_keepalive)=.*|multipath)$/;

const mistakeByName: ReadonlyMap<string, (values: readonly string[], refuse: Refuse) => NginxMistake | undefined> =
  new Map<string, (values: readonly string[], refuse: Refuse) => NginxMistake | undefined>([
    [
      "listen",
      ([address = "", ...words], refuse) => {
        const [, port] = /(?:^|:)(\d+)$/.exec(address) ?? [];
        const isWrong = /^\w+:\/\//.test(address) || (/^\d/.test(address) && !/^[\d.]+(?::\d+)?$/.test(address));
        if (address.startsWith(":")) return refuse(`no host in "${address}" of the "listen" directive`);
        if (isWrong || (port !== undefined && Number(port) > 65_535)) return refuse(`invalid port in "${address}"`);
        const wrong = words.find((word) => !listenWords.test(word));
        return wrong === undefined ? undefined : refuse(`invalid parameter "${wrong}"`);
      },
    ],
    [
      "proxy_pass",
      ([url = ""], refuse) => {
        if (!/^https?:\/\//i.test(url)) return refuse("invalid URL prefix");
        return /^https?:\/\/unix:?$|^https?:\/\/(?:\/|$)/i.test(url) ? refuse("no host in upstream") : undefined;
      },
    ],
    ["uwsgi_pass", ([url = ""], refuse) => (/^https?:/.test(url) ? refuse("invalid URL prefix") : undefined)],
    [
      "return",
      ([code = "", text], refuse) =>
        /^\d{1,3}$/.test(code) || (text === undefined && /^(?:https?:\/\/|\$)/.test(code))
          ? undefined
          : refuse(`invalid return code "${code}"`),
    ],
    [
      "rewrite",
      ([, , flag], refuse) =>
        flag === undefined || /^(?:last|break|redirect|permanent)$/.test(flag)
          ? undefined
          : refuse(`invalid parameter "${flag}"`),
    ],
    [
      "location",
      ([modifier = "", path], refuse) =>
        path === undefined || /^(?:=|~|~\*|\^~)$/.test(modifier)
          ? undefined
          : refuse(`invalid location modifier "${modifier}"`),
    ],
  ]);

/** An address of `listen`, whole. */
function listened(address: string): string {
  if (/^\d+$/.test(address)) return `0.0.0.0:${address}`;
  if (/^\*:\d+$/.test(address)) return `0.0.0.0${address.slice(1)}`;
  return /^[\d.]+$/.test(address) ? `${address}:80` : address;
}

/** What stands twice in one block, and may not. */
export function doubledIn(directives: readonly Directive[]): readonly NginxMistake[] {
  const seen = new Set<string>();
  const mistakes: NginxMistake[] = [];
  for (const { name, values, from, to, words } of directives) {
    const both = name === "alias" ? "root" : name;
    const isNamed = name === "location" || name === "upstream" || name === "listen";
    const key = isNamed ? `${name} ${(name === "listen" ? [listened(values[0] ?? "")] : values).join(" ")}` : both;
    if (!isNamed && !comesOnce(name)) continue;
    if (seen.has(key)) {
      const place = words[0] ?? { from, to };
      const message =
        name === "location"
          ? `duplicate location "${values.at(-1)}"`
          : name === "listen"
            ? `a duplicate listen ${listened(values[0] ?? "")}`
            : `"${name}" directive is duplicate`;
      mistakes.push({ message, from: place.from, to: place.to });
    }
    seen.add(key);
  }
  return mistakes;
}

/** A regular expression that PCRE would refuse, as far as brackets tell. */
export function isUnbalanced(pattern: string): boolean {
  let depth = 0;
  let inClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    if (character === "\\") at += 1;
    else if (inClass) inClass = character !== "]" || pattern.charAt(at - 1) === "[" || pattern.endsWith("[^", at);
    else if (character === "[") inClass = true;
    else if (character === "(") depth += 1;
    else if (character === ")") depth -= 1;
    if (depth < 0) return true;
  }
  return depth !== 0 || inClass;
}

/** Variables whose names begin so are made for each request. */
const made =
  /^(?:http_|sent_http_|sent_trailer_|upstream_http_|upstream_trailer_|upstream_cookie_|arg_|cookie_|\d|date_)/;

/** A variable that nginx does not have, but one of nearly that name. */
export function unknownVariable(text: string, defined: ReadonlySet<string>, meant: MeantName): string | undefined {
  for (const [, name = ""] of text.matchAll(/\$\{?([a-z_]\w*)/g)) {
    if (made.test(name) || variables.has(name) || defined.has(name)) continue;
    const nearest = meant(name, variables);
    if (nearest !== undefined) return `unknown "${name}" variable ($${nearest}?)`;
  }
  return undefined;
}
