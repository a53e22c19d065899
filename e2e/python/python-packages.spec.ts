// @project beside
// @also firefox
/** The published pip over the archive of packages, virtual environments, and what is installed at work. */
import { expect, type PageComputer, test } from "../../testing/browser/machine.ts";

/** Runs a line of bash; what it printed. */
async function bash(computer: PageComputer, line: string): Promise<string> {
  return (await computer.run(["bash", "-c", line])).output;
}

test("pip installs, shows, checks and uninstalls, and says what it has not", async ({ computer }) => {
  test.setTimeout(120_000);
  expect(await bash(computer, "python -c 'import flask_login'")).toContain("No module named 'flask_login'");
  await computer.write("requirements.txt", "Flask>=3\nFlask-Login==0.6.3\n");
  const installed = await bash(computer, "pip install -r requirements.txt; echo code $?");
  expect(installed).toContain("Requirement already satisfied: Flask>=3 in /lib/site-packages.zip/");
  expect(installed).toMatch(/Successfully installed Flask-Login-0\.6\.3\ncode 0\n$/);
  expect(await bash(computer, "pip show flask-login | sed -n 1,2p; pip check; pip freeze | grep -i '^flask'")).toBe(
    "Name: Flask-Login\nVersion: 0.6.3\nNo broken requirements found.\nFlask==3.1.3\nFlask-Login==0.6.3\n",
  );
  expect(await bash(computer, "python -c 'import flask_login; print(flask_login.__file__)'")).toBe(
    "/usr/local/lib/python3.14/site-packages/flask_login/__init__.py\n",
  );
  const missing = await bash(computer, "pip install no-such-thing; echo code $?; pip install flask==1.0; echo code $?");
  expect(missing).toContain("ERROR: No matching distribution found for no-such-thing\n");
  expect(missing).toContain("(from versions: 3.1.3)\nERROR: No matching distribution found for flask==1.0\n");
  expect(missing.match(/There is no network here: .* python\/archive\.in\.\ncode 1\n/g)).toHaveLength(2);
  expect(await bash(computer, "pip uninstall -y flask-login; python -m pip list | grep -i login; echo gone")).toMatch(
    /Successfully uninstalled Flask-Login-0\.6\.3\ngone\n$/,
  );
  await computer.write("alien-1.0-cp314-cp314-manylinux_2_28_x86_64.whl", "");
  expect(await bash(computer, "pip install ./alien-1.0-cp314-cp314-manylinux_2_28_x86_64.whl; echo code $?")).toContain(
    "ERROR: alien-1.0-cp314-cp314-manylinux_2_28_x86_64.whl is not a supported wheel on this platform.\n",
  );
});

test("a virtual environment has its own interpreter, pip and packages", async ({ computer }) => {
  test.setTimeout(120_000);
  const output = await bash(
    computer,
    `python3 -m venv .venv; echo made $?; source .venv/bin/activate; which python; echo $VIRTUAL_ENV
python -c 'import sys; print(sys.prefix != sys.base_prefix)'
python -c 'import flask'; echo $?; pip --version; pip install -q flask; which flask; flask --version | head -2
python -c 'import flask; print(flask.__file__)'; deactivate; which python flask; python -c 'import flask; print(flask.__file__)'`,
  );
  const venv = "/home/student/.venv";
  expect(output).toContain(`made 0\n${venv}/bin/python\n${venv}\nTrue\n`);
  expect(output).toContain("ModuleNotFoundError: No module named 'flask'\n1\npip ");
  expect(output).toContain(
    `from ${venv}/lib/python3.14/site-packages/pip (python 3.14)\n${venv}/bin/flask\nPython 3.14`,
  );
  expect(output).toContain(
    `${venv}/lib/python3.14/site-packages/flask/__init__.py\n/usr/local/bin/python\n/usr/local/bin/flask\n/lib/site-packages.zip/flask/__init__.py\n`,
  );
});

const fastapi = `
import os
from fastapi import FastAPI, WebSocket
from pydantic import BaseModel

app = FastAPI()

class Item(BaseModel):
    price: float

@app.post("/items")
async def add(item: Item):
    return {"twice": item.price * 2}

@app.websocket("/shout")
async def shout(socket: WebSocket):
    await socket.accept()
    await socket.send_text((await socket.receive_text()).upper())
`;

const webSocketClient = `
import sys
from websockets.sync.client import connect
with connect(sys.argv[1]) as socket:
    socket.send("hello")
    print(socket.recv())
`;

test("FastAPI under uvicorn, hypercorn and gunicorn: workers, a reloader, a WebSocket", async ({ computer }) => {
  test.setTimeout(180_000);
  expect(await bash(computer, "pip install -q uvicorn hypercorn websockets fastapi; echo code $?")).toBe("code 0\n");
  await computer.write("main.py", fastapi);
  await computer.write("client.py", webSocketClient);
  const post = (port: number, body: string) =>
    computer.request(port, {
      method: "POST",
      path: "/items",
      headers: [["content-type", "application/json"]],
      body: new TextEncoder().encode(body),
    });

  const workers = await computer.start(["uvicorn", "main:app", "--port", "8001", "--workers", "2"]);
  await workers.prints(/startup complete.*startup complete/s, 60_000);
  expect(await post(8001, '{"price": "1.5"}')).toMatchObject({ status: 200, text: '{"twice":3.0}' });
  expect(await post(8001, "{}")).toMatchObject({ status: 422 });
  await workers.kill("SIGINT");
  expect(await workers.exit()).toEqual({ kind: "exited", code: 0 });

  const reloader = await computer.start(["uvicorn", "main:app", "--port", "8002", "--reload"]);
  await reloader.prints(/startup complete/, 60_000);
  await computer.write("main.py", fastapi.replace("* 2", "* 3"));
  await reloader.prints(/Reloading.*startup complete/s, 60_000);
  expect(await post(8002, '{"price": 1}')).toMatchObject({ text: '{"twice":3.0}' });
  await computer.stop();

  for (const command of [
    ["gunicorn", "-k", "asgi", "-b", "127.0.0.1:8003", "main:app"],
    ["hypercorn", "-b", "127.0.0.1:8003", "main:app"],
  ]) {
    const server = await computer.start(command);
    await server.prints(/listening on|Running on/, 60_000);
    expect((await computer.run(["python", "client.py", "ws://127.0.0.1:8003/shout"])).output).toBe("HELLO\n");
    await server.kill("SIGTERM");
    expect(await server.exit()).toEqual({ kind: "exited", code: 0 });
  }
});
