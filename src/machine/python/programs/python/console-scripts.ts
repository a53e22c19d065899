/** The commands that the packages install, as `pip` writes them into `/usr/local/bin`. */
const entryPoints = {
  flask: ["flask.cli", "main"],
  gunicorn: ["gunicorn.app.wsgiapp", "run"],
  pip: ["pip._internal.cli.main", "main"],
  pip3: ["pip._internal.cli.main", "main"],
  "waitress-serve": ["waitress.runner", "run"],
} as const;

/** The text of each script, by its name. */
export const consoleScripts: ReadonlyMap<string, string> = new Map(
  Object.entries(entryPoints).map(([name, [module, attribute]]) => [
    name,
    `#!/usr/local/bin/python
import sys
from ${module} import ${attribute}
if __name__ == '__main__':
    sys.exit(${attribute}())
`,
  ]),
);
