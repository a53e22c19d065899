/** What runs in a process, by its title. */

/** Interpreters and what else only stands before the program that it runs. */
const carriers = /^(?:python[\d.]*|node|sh|bash|dash|env)$/;

/**
 * The name of a process's program, as an operator would say it: `gunicorn`, `nginx`, `tiny_server.py`.
 *
 * @param title its command line, or what it calls itself (`gunicorn: worker [app:app]`)
 */
export function programOf(title: string): string {
  const [named] = /^[\w.-]+(?=: )/.exec(title) ?? [];
  if (named !== undefined) return named;
  const words = title.split(/\s+/).filter((word) => !/^\w+=/.test(word));
  const [first = "", ...rest] = words;
  const program = fileOf(first);
  if (!carriers.test(program)) return program;
  const module = rest[rest.indexOf("-m") + 1];
  if (rest.includes("-m") && module !== undefined) return module;
  const script = rest.find((word) => !word.startsWith("-"));
  return script === undefined ? program : fileOf(script);
}

function fileOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
