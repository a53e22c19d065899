/**
 * Values that gunicorn refuses as it starts: the validators of its settings (`gunicorn.config`, 27), as far as they ask
 * for nothing but the value. A file or a user that is not there is the server's business.
 */
import gunicornOptions from "../options/gunicorn.json";

/** Whether a value is taken. */
type Takes = (value: string) => boolean;

const oneOf =
  (...values: string[]): Takes =>
  (value) =>
    values.includes(value.toLowerCase().trim());

/** What is told from an address that may stand in a list of those to trust: `*`, an address, a network. */
function isTrustable(address: string): boolean {
  if (address === "*") return true;
  const [, host = "", bits] = /^([\da-fA-F:.]+)(?:\/(\d{1,3}))?$/.exec(address) ?? [];
  if (host.includes(":")) return URL.canParse(`http://[${host}]`) && Number(bits ?? 128) <= 128;
  const parts = host.split(".");
  const isAddress =
    parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
  if (!isAddress || Number(bits ?? 32) > 32) return false;
  // Of a network's address the bits of its hosts are zero: 10.0.0.1/8 is refused.
  const whole = parts.reduce((sum, part) => sum * 256 + Number(part), 0);
  return whole % 2 ** (32 - Number(bits ?? 32)) === 0;
}

const addresses: Takes = (value) =>
  value
    .split(",")
    .map((each) => each.trim())
    .every((each) => each === "" || isTrustable(each));

/** `HOST`, `HOST:PORT`, `unix:PATH`. */
const statsd: Takes = (value) => /^unix:/.test(value) || !/^[^[\]]*:/.test(value) || /^[^:]*:\d+(?::|$)/.test(value);

const takes: ReadonlyMap<string, Takes> = new Map([
  // Of a number no setting takes one below zero (`validate_pos_int` and its like).
  ...gunicornOptions.options
    .filter(({ value }) => value === "int")
    .map(({ setting }) => [setting, (value: string) => !/^\s*-\s*[1-9]/.test(value)] as const),
  ["reload_engine", (value) => ["auto", "poll", "inotify"].includes(value)],
  ["header_map", oneOf("drop", "refuse", "dangerous")],
  ["proxy_protocol", oneOf("off", "false", "0", "none", "auto", "true", "1", "v1", "v2")],
  ["asgi_loop", oneOf("auto", "asyncio", "uvloop")],
  ["asgi_lifespan", oneOf("auto", "on", "off")],
  ["http_parser", oneOf("auto", "fast", "python")],
  ["forwarded_allow_ips", addresses],
  ["proxy_allow_ips", addresses],
  ["statsd_host", statsd],
]);

/** Whether gunicorn would refuse a setting's value. What it does not look at, or nobody knows here, it takes. */
export function isRefused(setting: string, value: string): boolean {
  return takes.get(setting)?.(value) === false;
}
