// @project labs
import { test } from "../../testing/browser/machine.ts";

test("explore", async ({ computer }) => {
  test.setTimeout(280_000);
  const say = async (argv: string[], t = 60_000) => {
    const began = Date.now();
    const p = await computer.start(argv);
    try {
      const exit = await p.exit(t);
      console.log("$", argv.join(" "), JSON.stringify(exit), Date.now() - began, "ms");
    } catch (e) {
      console.log("$", argv.join(" "), String(e).slice(0, 200));
    }
    console.log((await p.output()).slice(-3000));
  };
  await say(["python", "-c", "import sys,os; print(sys.path, sys.platform, sys.executable)"]);
  await say(["pip", "--version"]);
  await say(["pip", "--version"]);
  await say(["pip", "list"]);
  await say(["pip", "install", "flask", "Flask-Login"]);
  await say(["pip", "install", "nosuch"]);
  await say(["pip", "install", "flask==1.0"]);
  await say(["pip", "show", "flask-login"]);
  await say(["pip", "uninstall", "-y", "flask-login"]);
  await say(["pip", "check"]);
  await say(["pip", "install", "fastapi", "uvicorn", "flask-sqlalchemy", "requests"]);
  await say([
    "python",
    "-c",
    "import time; t=time.time(); import fastapi, sqlalchemy, requests, flask_sqlalchemy; print(time.time()-t)",
  ]);
  await say(["sh", "-c", "which uvicorn; uvicorn --version; ls /usr/local/bin"]);
  await say([
    "bash",
    "-c",
    "python3 -m venv .venv; echo made $?; . .venv/bin/activate; which python; echo $VIRTUAL_ENV; python -c 'import sys; print(sys.prefix != sys.base_prefix)'; python -c 'import flask'; pip --version; pip list; pip install flask; flask --version; deactivate; which python",
  ]);
});
