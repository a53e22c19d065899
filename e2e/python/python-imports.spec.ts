// @project beside
// @also firefox
/** Imports as in a fresh CPython, though much is imported ahead (`src/machine/python/posix/ahead.py`). */
import { expect, type PageComputer, test } from "../../testing/browser/machine.ts";

async function said(computer: PageComputer, argv: readonly string[]): Promise<string> {
  const { output } = await computer.run(argv);
  return output;
}

test("a program finds as little imported as in a fresh CPython, and its folder first on the path", async ({
  computer,
}) => {
  await computer.write("folder/fresh.py", "import sys\nprint(sorted(sys.modules))\nprint(sys.path[0])\n");
  const fresh = [
    ..."__main__ _abc _codecs _collections_abc _frozen_importlib _frozen_importlib_external _imp _io _signal".split(
      " ",
    ),
    ..."_sitebuiltins _stat _thread _warnings _weakref abc builtins codecs encodings encodings.aliases".split(" "),
    ..."encodings.utf_8 encodings.utf_8_sig genericpath io marshal os os.path posix posixpath site stat sys".split(" "),
    ..."time zipimport".split(" "),
  ];
  const machines = /^'(?:posix_layer|_?pyodide|_pyodide_core)(?:\..*)?'$/;
  const [modules = "", path] = (await said(computer, ["python", "folder/fresh.py"])).split("\n");
  const seen = modules.slice(1, -1).split(", ");
  const own = seen.filter((name) => !machines.test(name));
  expect(own.filter((name) => !fresh.includes(name.slice(1, -1)))).toEqual([]);
  expect(own.length).toBeGreaterThan(fresh.length - 4);
  expect(path).toBe("/home/student/folder");
  expect(await said(computer, ["python", "-c", "import sys; print([sys.path[0]])"])).toBe("['']\n");
  await computer.write("fresh.py", "import sys; print(sys.path[0])");
  expect(await said(computer, ["python", "-m", "fresh"])).toBe("/home/student\n");
});

test("an import brings what it brings natively, no more", async ({ computer }) => {
  const output = await computer.python(`
import sys
import json
print("json.decoder" in sys.modules, "re" in sys.modules, "flask" in sys.modules, "logging" in sys.modules)
import importlib
print(hasattr(importlib, "util"))
import concurrent
print(hasattr(concurrent, "futures"), "concurrent.futures" in sys.modules)
import concurrent.futures
print(hasattr(concurrent, "futures"))
import flask, werkzeug
print({"werkzeug", "jinja2", "click", "logging"} <= set(sys.modules), "gunicorn" in sys.modules, flask.Flask.__module__)
first = sys.modules.pop("json")
import json
print(json is first, json.__spec__.loader is json.__loader__, first.__spec__.name)
`);
  expect(output).toBe("True True False False\nFalse\nFalse False\nTrue\nTrue False flask.app\nFalse True json\n");
});

test("a file beside the program hides a package, and a module of the standard library, for all that import it", async ({
  computer,
}) => {
  await computer.write("one/flask.py", "print('my flask')\n");
  await computer.write("one/app.py", "from flask import Flask\n");
  const one = await said(computer, ["python", "one/app.py"]);
  expect(one).toContain("my flask\n");
  expect(one).toMatch(/ImportError: cannot import name 'Flask' from 'flask'.*\/home\/student\/one\/flask\.py/s);

  // Werkzeug imports it: natively Flask cannot be imported either.
  await computer.write("two/random.py", "print('my random')\nWORD = 'two'\n");
  await computer.write("two/app.py", "import random\nprint(random.WORD)\nimport flask\n");
  const two = await said(computer, ["python", "two/app.py"]);
  expect(two).toMatch(/^my random\ntwo\nTraceback \(most recent call last\):\n/);
  expect(two).toMatch(/(?:ImportError|AttributeError): .*'random'/);

  // What has nothing to do with it goes on as ever, with what was imported ahead.
  await computer.write("three/calendar.py", "DAY = 'Monday'\n");
  await computer.write("three/app.py", "import json, calendar\nprint(json.dumps([calendar.DAY]))\n");
  expect(await said(computer, ["python", "three/app.py"])).toBe('["Monday"]\n');

  // An extension module natively, built in here.
  await computer.write("four/math.py", "pi = 3\n");
  await computer.write("four/app.py", "import math, time\nprint(math.pi, hasattr(time, 'sleep'))\n");
  await computer.write("four/time.py", "print('never')\n");
  expect(await said(computer, ["python", "four/app.py"])).toBe("3 True\n");

  // A folder without __init__.py stands behind; one with it before.
  await computer.write("five/click/readme.txt", "");
  await computer.write("five/jinja2/__init__.py", "print('my jinja2')\n");
  await computer.write("five/app.py", "import click\nprint(click.command.__module__)\nimport jinja2\nimport flask\n");
  const five = await said(computer, ["python", "five/app.py"]);
  expect(five).toMatch(/^click\.decorators\nmy jinja2\nTraceback/);
});

test("what is on PYTHONPATH hides too, and the server's own modules come from the program's folder last", async ({
  computer,
}) => {
  await computer.write("lib/json.py", "print('my json')\ndumps = str\n");
  await computer.write("lib/extra.py", "WORD = 'extra'\n");
  const command = "import sys, extra; print(extra.WORD, sys.path[:2]); import json";
  const { output } = await computer.run(["python", "-c", command], { env: { PYTHONPATH: "lib" } });
  expect(output).toBe("extra ['', '/home/student/lib']\nmy json\n");

  // The script /usr/local/bin/flask has found the real one before the folder is on the path.
  await computer.write("flask.py", "print('never')\n");
  await computer.write("app.py", "from flask import Flask\napp = Flask(__name__)\n");
  expect(await said(computer, ["flask", "routes"])).toContain("/static/<path:filename>");
  expect(await said(computer, ["python", "-m", "flask", "routes"])).toBe("never\n");
});

test("modules imported ahead can be run, inspected and reloaded", async ({ computer }) => {
  const output = await computer.python(`
import importlib, importlib.util, inspect, sys
spec = importlib.util.find_spec("json.tool")
print(spec.name, spec.origin)
spec = importlib.util.find_spec("logging.config")
print(spec.name, "logging" in sys.modules, "logging.config" in sys.modules, "def fileConfig" in spec.loader.get_source("logging.config"))
import uuid
print(importlib.reload(uuid) is uuid, inspect.getsource(uuid.uuid4).startswith("def uuid4"))
try:
    import numpy
except ModuleNotFoundError as error:
    print(error)
`);
  expect(output).toBe(
    "json.tool /lib/python314.zip/json/tool.py\nlogging.config True False True\nTrue True\nNo module named 'numpy'\n",
  );
  expect(await said(computer, ["python", "-m", "json.tool", "--help"])).toContain("usage: ");
  expect(await said(computer, ["python", "-m", "http.server", "--help"])).toContain("--directory");
});

test("what is installed is found, read anew by each process and by a forked child", async ({ computer }) => {
  const output = await computer.python(`
import importlib.metadata, os
def found():
    commands = [entry.value for entry in importlib.metadata.entry_points(group="console_scripts", name="flask")]
    return importlib.metadata.version("gunicorn"), commands, len(list(importlib.metadata.distributions()))
first = found()
if os.fork() == 0:
    print("child", found() == first, flush=True)
    os._exit(0)
os.wait()
print(first == found(), first[1], first[2] > 8)
`);
  expect(output).toBe("child True\nTrue ['flask.cli:main'] True\n");
});
