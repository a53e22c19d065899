/** How a change of a file comes into use on a server: what its operator would do. */

/** A server's own way. */
export type WayOfDeploying =
  /** It watches its files, and starts anew by itself. */
  | "reloader"
  /** gunicorn's master is sent SIGHUP, and replaces its workers. */
  | "SIGHUP"
  /** It is stopped and started. */
  | "restart";

const on = /^(1|true|t|yes|on)$/i;

/**
 * The way of the server that a command line starts.
 *
 * @param argv its words
 * @param env what was set before them
 */
export function wayOfDeploying(argv: readonly string[], env: Readonly<Record<string, string>> = {}): WayOfDeploying {
  const has = (...options: readonly string[]) => options.some((option) => argv.includes(option));
  switch (argv[0]) {
    case "flask": {
      const asked = has("--debug", "--reload") || on.test(env.FLASK_DEBUG ?? "");
      return asked && !has("--no-reload") ? "reloader" : "restart";
    }
    case "gunicorn":
      if (has("--reload")) return "reloader";
      // A master that has loaded the app itself hands the old one on (gunicorn docs, "preload_app").
      return has("--preload") ? "restart" : "SIGHUP";
    default:
      return "restart";
  }
}
