/** What nginx refuses in the values of a directive, in its words: by the source of nginx 1.31, modules of its own. */
import type { Directive } from "./directive.ts";

/** Says why a directive's values are refused; undefined where they are not, or it is not known. */
type ValuesCheck = (values: readonly string[], name: string) => string | undefined;

const fails = ["error", "timeout", "http_500", "http_502", "http_503", "http_504", "http_403", "http_404", "http_429"];
const methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "MKCOL", "COPY", "MOVE", "OPTIONS", "PROPFIND", "PROPPATCH"];
const otherMethods = ["LOCK", "UNLOCK", "PATCH", "TRACE"];
const levels = ["debug", "info", "notice", "warn", "error", "crit", "alert", "emerg"];
const debugLevels = ["core", "alloc", "mutex", "event", "http", "mail", "stream"].map((each) => `debug_${each}`);

/** The first value is one of some words. */
function firstOf(...words: string[]): ValuesCheck {
  return ([first = ""]) => (words.includes(first.toLowerCase()) ? undefined : `invalid value "${first}"`);
}

/** Each value is one of some words. */
function eachOf(...words: string[]): ValuesCheck {
  return (values) => {
    const wrong = values.find((value) => !words.includes(value));
    return wrong === undefined ? undefined : `invalid value "${wrong}"`;
  };
}

const ofNextUpstream = eachOf(...fails, "invalid_header", "non_idempotent", "denied", "updating", "off");
const ofStale = eachOf(...fails, "invalid_header", "updating", "off");

/** An address, a network, `all` or `unix:`. */
const isAccessRule: ValuesCheck = ([first = ""]) => {
  if (first === "all" || first === "unix:") return undefined;
  const refusal = `invalid parameter "${first}"`;
  const [address = "", bits, ...more] = first.split("/");
  if (more.length > 0) return refusal;
  if (address.includes(":")) return /^[\da-f:.]+$/i.test(address) && isBits(bits, 128) ? undefined : refusal;
  return isIpv4(address) && isBits(bits, 32) ? undefined : refusal;
};

function isIpv4(text: string): boolean {
  const numbers = text.split(".");
  return numbers.length === 4 && numbers.every((number) => /^\d{1,3}$/.test(number) && Number(number) < 256);
}

function isBits(text: string | undefined, most: number): boolean {
  return text === undefined || (/^\d{1,3}$/.test(text) && Number(text) <= most);
}

const isExpires: ValuesCheck = (values, name) => {
  const last = values.at(-1) ?? "";
  if (values.length > 1 && values[0] !== "modified") return `"${name}" directive invalid value`;
  if (values.length === 1 && /^(?:off|max|epoch)$/.test(last)) return undefined;
  return /^[-+]?(?:\d+[yMwdhms]?)+$/.test(last) || (values.length === 1 && /^@(?:\d+[hms]?)+$/.test(last))
    ? undefined
    : `"${name}" directive invalid value`;
};

/** What `if` compares, as `ngx_http_rewrite_if_condition` reads it. */
const isCondition: ValuesCheck = (values) => {
  const words = [...values];
  const [first = ""] = words;
  if (!first.startsWith("(")) return `invalid condition "${first}"`;
  words[0] = first.slice(1);
  if (words[0] === "") words.shift();
  const last = words.at(-1) ?? "";
  // The bracket that ends a pattern may be the condition's.
  if (!last.endsWith(")")) return `invalid condition "${last}"`;
  words[words.length - 1] = last.slice(0, -1);
  if (words.at(-1) === "") words.pop();
  const [one = "", two, three, ...more] = words;
  if (/^!?-[fdex]$/.test(one)) return words.length === 2 ? undefined : `invalid condition "${one}"`;
  if (one.length < 2 || !one.startsWith("$")) return `invalid condition "${one}"`;
  if (two === undefined) return undefined;
  if (!/^(?:=|!=|!?~\*?)$/.test(two)) return `unexpected "${two}" in condition`;
  return three === undefined || more.length > 0 ? `invalid condition "${one}"` : undefined;
};

const isTryFiles: ValuesCheck = (values) => {
  const last = values.at(-1) ?? "";
  return last.startsWith("=") && !(/^=\d+$/.test(last) && Number(last.slice(1)) <= 999)
    ? `invalid code "${last}"`
    : undefined;
};

const isErrorPage: ValuesCheck = (values) => {
  const codes = values.slice(0, -1).filter((value) => !value.startsWith("="));
  const wrong = codes.find((code) => !/^\d+$/.test(code));
  if (wrong !== undefined) return `invalid value "${wrong}"`;
  const outside = codes.find((code) => Number(code) < 300 || Number(code) > 599);
  if (outside !== undefined) return `value "${outside}" must be between 300 and 599`;
  return codes.includes("499") ? 'value "499" must not be used' : undefined;
};

const isSessionCache: ValuesCheck = (values) => {
  const wrong = values.find((value) => !/^(?:off|none|builtin(?::\d+)?|shared:[^:]+:\d+[kKmM]?)$/.test(value));
  return wrong === undefined ? undefined : `invalid session cache "${wrong}"`;
};

/** Values that are `name=value`, or single words. */
function parameters(pattern: RegExp, required?: RegExp): ValuesCheck {
  return (values, name) => {
    const wrong = values.find((value) => !pattern.test(value));
    if (wrong !== undefined) return `invalid parameter "${wrong}"`;
    const isThere = required === undefined || values.some((value) => required.test(value));
    return isThere ? undefined : `"${name}" must have "zone" parameter`;
  };
}

const byName: Readonly<Record<string, ValuesCheck>> = {
  server_tokens: firstOf("on", "off", "build"),
  lingering_close: firstOf("off", "on", "always"),
  if_modified_since: firstOf("off", "exact", "before"),
  gzip_static: firstOf("off", "on", "always"),
  gzip_http_version: firstOf("1.0", "1.1"),
  gzip_proxied: eachOf(
    ...["off", "expired", "no-cache", "no-store", "private", "no_last_modified", "no_etag", "auth", "any"],
  ),
  gzip_comp_level: ([level = ""]) =>
    Number(level) >= 1 && Number(level) <= 9 ? undefined : "value must be between 1 and 9",
  proxy_http_version: firstOf("1.0", "1.1", "2"),
  satisfy: firstOf("all", "any"),
  ssl_verify_client: firstOf("off", "on", "optional", "optional_no_ca"),
  ssl_protocols: eachOf("SSLv2", "SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"),
  ssl_session_cache: isSessionCache,
  proxy_next_upstream: ofNextUpstream,
  uwsgi_next_upstream: ofNextUpstream,
  fastcgi_next_upstream: ofNextUpstream,
  proxy_cache_use_stale: ofStale,
  uwsgi_cache_use_stale: ofStale,
  fastcgi_cache_use_stale: ofStale,
  dav_methods: eachOf("off", "PUT", "DELETE", "MKCOL", "COPY", "MOVE"),
  limit_except: (values) => {
    const wrong = values.find((value) => ![...methods, ...otherMethods].includes(value.toUpperCase()));
    return wrong === undefined ? undefined : `invalid method "${wrong}"`;
  },
  allow: isAccessRule,
  deny: isAccessRule,
  expires: isExpires,
  if: isCondition,
  try_files: isTryFiles,
  error_page: isErrorPage,
  set: ([variable = ""]) => (variable.startsWith("$") ? undefined : `invalid variable name "${variable}"`),
  add_header: ([, , third]) => (third === undefined || third === "always" ? undefined : `invalid parameter "${third}"`),
  error_log: ([, ...words]) => {
    const wrong = words.find((word) => ![...levels, ...debugLevels].includes(word));
    return wrong === undefined ? undefined : `invalid log level "${wrong}"`;
  },
  proxy_redirect: ([first = "", second]) =>
    second !== undefined || first === "off" || first === "default" ? undefined : `invalid parameter "${first}"`,
  open_file_cache: (values) => {
    const wrong = values.find((value) => !/^(?:off|max=\d+|inactive=(?:\d+[yMwdhms]?)+)$/.test(value));
    return wrong === undefined ? undefined : `invalid "open_file_cache" parameter "${wrong}"`;
  },
  limit_req: parameters(/^(?:zone=.+|burst=\d+|delay=\d+|nodelay)$/, /^zone=/),
  limit_req_zone: (values, name) =>
    parameters(/^(?:zone=[^:]+:\d+[kKmM]?|rate=\d+r\/[sm]|sync)$/)(values.slice(1), name),
  limit_conn_zone: (values, name) => parameters(/^zone=[^:]+:\d+[kKmM]?$/)(values.slice(1), name),
  disable_symlinks: parameters(/^(?:off|on|if_not_owner|from=.*)$/),
};

const ofValues: ReadonlyMap<string, ValuesCheck> = new Map(Object.entries(byName));

/** Why nginx would refuse the values of a directive. What holds a variable is known only when a request comes. */
export function mistakeOfValues({ name, values }: Pick<Directive, "name" | "values">): string | undefined {
  const check = ofValues.get(name);
  if (check === undefined) return undefined;
  const isComputed = ![
    "if",
    "set",
    "add_header",
    "limit_req_zone",
    "limit_conn_zone",
    "try_files",
    "error_page",
  ].includes(name);
  if (isComputed && values.some((value) => value.includes("$"))) return undefined;
  return check(values, name);
}
