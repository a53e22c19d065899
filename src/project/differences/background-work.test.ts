import { describe, expect, it } from "vitest";
import { readModules } from "../recognise/python-module.ts";
import { backgroundWork } from "./background-work.ts";

const found = (files: Readonly<Record<string, string>>, command = "gunicorn -w 4 app:app") =>
  backgroundWork(
    readModules(Object.entries(files).map(([path, text]) => ({ kind: "text", path, text }) as const)),
    command,
  ).map(({ what, path, line }) => `${what} ${path}:${line}`);

describe("backgroundWork", () => {
  it("finds a scheduler that the factory starts, also where it was made elsewhere", () => {
    const factory = `from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

scheduler = BackgroundScheduler()

def create_app():
    app = Flask(__name__)
    scheduler.add_job(print, "interval", seconds=5)
    scheduler.start()
    return app
`;
    expect(found({ "app.py": factory })).toEqual(["scheduler app.py:9"]);
    const extension = `from flask import Flask
from .extensions import scheduler

def create_app(config=None):
    app = Flask(__name__)
    scheduler.init_app(app)
    scheduler.start()
    return app
`;
    const files = {
      "shop/__init__.py": extension,
      "shop/extensions.py": "from flask_apscheduler import APScheduler\nscheduler = APScheduler()\n",
    };
    expect(found(files)).toEqual(["scheduler shop/__init__.py:7"]);
  });

  it("finds threads, through functions that the factory calls, and where the file is imported", () => {
    const files = {
      "app.py": `from flask import Flask
from jobs import begin

def make():
    app = Flask(__name__)
    begin(app)
    return app
`,
      "jobs.py": `import threading
from multiprocessing import Process

class Ticker(threading.Thread):
    def run(self):
        print("tick")

def begin(app):
    worker = threading.Thread(target=print, daemon=True)
    worker.start()
    inner()

def inner():
    Ticker().start()

Process(target=print).start()
`,
    };
    expect(found(files)).toEqual(["thread jobs.py:10", "thread jobs.py:14", "process jobs.py:16"]);
  });

  it("finds what a framework starts the app with", () => {
    const fastapi = `import asyncio
from contextlib import asynccontextmanager
from fastapi import FastAPI

@asynccontextmanager
async def lifespan(app):
    asyncio.create_task(tick())
    yield

app = FastAPI(lifespan=lifespan)
`;
    expect(found({ "main.py": fastapi })).toEqual(["task main.py:7"]);
    const older = `import threading
from fastapi import FastAPI
app = FastAPI()

@app.on_event("startup")
def begin():
    threading.Timer(5, print).start()
`;
    expect(found({ "main.py": older })).toEqual(["thread main.py:7"]);
    const django = `import threading
from django.apps import AppConfig

class PollsConfig(AppConfig):
    name = "polls"

    def ready(self):
        threading.Thread(target=print).start()
`;
    expect(found({ "polls/apps.py": django })).toEqual(["thread polls/apps.py:8"]);
  });

  it("leaves alone what a page starts, what is only made, what is run by hand, and tests", () => {
    const app = `import threading
from flask import Flask

def create_app():
    app = Flask(__name__)
    idle = threading.Thread(target=print)

    @app.post("/mail")
    def mail():
        threading.Thread(target=print).start()
        return "sent"

    clock.start()
    return app

def by_hand():
    threading.Thread(target=print).start()

if __name__ == "__main__":
    threading.Thread(target=print).start()
`;
    expect(found({ "app.py": app, "tests/test_app.py": "import threading\nthreading.Thread().start()\n" })).toEqual([]);
  });

  it("follows long chains of functions in time", () => {
    const count = 1500;
    const links = Array.from({ length: count }, (_, at) => `def f${at}():\n    f${at - 1}()\n`).slice(1);
    const text = `import threading\ndef f0():\n    threading.Thread(target=print).start()\n${links.join("")}f${count - 1}()\n`;
    expect(found({ "app.py": text })).toEqual(["thread app.py:3"]);
  });

  it("says nothing where the app is made once for all workers", () => {
    const app = "import threading\nfrom flask import Flask\napp = Flask('a')\nthreading.Thread(target=print).start()\n";
    expect(found({ "app.py": app })).toEqual(["thread app.py:4"]);
    expect(found({ "app.py": app }, "gunicorn --preload -w 4 app:app")).toEqual([]);
    expect(found({ "app.py": app, "gunicorn.conf.py": "preload_app = True\n" })).toEqual([]);
  });
});
