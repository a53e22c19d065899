/**
 * The options of the servers, as their own parsers name them (`scripts/audit-options.ts`), and how each parser reads
 * them.
 */
import flaskRun from "../options/flask-run.json";
import gunicorn from "../options/gunicorn.json";
import waitress from "../options/waitress.json";

/** One option. */
export interface Option {
  readonly flags: readonly string[];
  /** The setting that it changes. */
  readonly setting: string;
  /** How many values follow it: `one`, `none`, or `optional`. */
  readonly takes: string;
  /** `int` or `text`. */
  readonly value: string;
}

/** All options of a program. */
export interface OptionTable {
  /** The version of the package that was asked; empty where the table was written by hand. */
  readonly version: string;
  readonly options: readonly Option[];
  /** Names that a file or a call may use; may be empty. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The beginning of a long option is enough where only one begins so (argparse, getopt), or not (click). */
  readonly abbreviations: boolean;
  /** Every option is in the table, so that another one is a mistake. */
  readonly complete: boolean;
}

/** Gunicorn's, read with argparse. */
export const gunicornOptions: OptionTable = { ...gunicorn, abbreviations: true, complete: true };
/**
 * Those of `waitress-serve`, read with getopt. The pinned version has no `--app` yet, which its documentation tells of
 * already.
 */
export const waitressOptions: OptionTable = {
  ...waitress,
  options: [...waitress.options, { flags: ["--app"], setting: "app", takes: "one", value: "text" }],
  abbreviations: true,
  complete: true,
};
/** Those of `flask` and `flask run`, read with click. */
export const flaskRunOptions: OptionTable = { ...flaskRun, abbreviations: false, complete: true };

const uwsgi = (setting: string, takes: "one" | "none", ...flags: string[]): Option => ({
  flags,
  setting,
  takes,
  value: "text",
});

/**
 * uWSGI has about a thousand options, which depend on how it was built: those that the audit has something to say
 * about, and those that change what follows them. https://uwsgi-docs.readthedocs.io/en/latest/Options.html
 */
export const uwsgiOptions: OptionTable = {
  version: "",
  settings: {},
  abbreviations: false,
  complete: false,
  options: [
    uwsgi("master", "none", "--master", "-M"),
    uwsgi("processes", "one", "--processes", "--workers", "-p"),
    uwsgi("threads", "one", "--threads"),
    uwsgi("harakiri", "one", "--harakiri", "-t"),
    uwsgi("socket", "one", "--socket", "--uwsgi-socket", "-s"),
    uwsgi("http", "one", "--http"),
    uwsgi("http-socket", "one", "--http-socket"),
    uwsgi("py-autoreload", "one", "--py-autoreload", "--python-autoreload"),
    uwsgi("catch-exceptions", "none", "--catch-exceptions"),
    uwsgi("die-on-term", "none", "--die-on-term"),
    uwsgi("uid", "one", "--uid"),
    uwsgi("emperor", "one", "--emperor"),
    uwsgi("gevent", "one", "--gevent"),
    uwsgi("ini", "one", "--ini"),
    uwsgi("xml", "one", "--xml", "-x"),
    uwsgi("yaml", "one", "--yaml", "--yml", "-y"),
    uwsgi("json", "one", "--json", "-j"),
    uwsgi("module", "one", "--module", "--wsgi", "-w"),
    uwsgi("wsgi-file", "one", "--wsgi-file", "--file"),
    uwsgi("daemonize", "one", "--daemonize", "-d"),
    uwsgi("enable-threads", "none", "--enable-threads", "-T"),
    uwsgi("need-app", "none", "--need-app"),
    uwsgi("strict", "none", "--strict"),
    uwsgi("vacuum", "none", "--vacuum"),
    uwsgi("lazy-apps", "none", "--lazy-apps"),
  ],
};
