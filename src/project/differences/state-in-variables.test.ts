import { describe, expect, it } from "vitest";
import { readModules } from "../recognise/python-module.ts";
import { changedVariables } from "./state-in-variables.ts";

const found = (text: string) => changedVariables(readModules([{ kind: "text", path: "app.py", text }]));

describe("changedVariables", () => {
  it("finds what pages change: lists, dictionaries, counters, in views and in factories", () => {
    const text = `from flask import Flask, request
app = Flask(__name__)
todos = []
seen: dict[str, int] = {}
visits = 0

@app.post("/add")
def add():
    todos.append(request.form["text"])
    return "added"

@app.get("/")
def index():
    global visits
    visits += 1
    return str(visits)

def make_app():
    other = Flask(__name__)

    @other.get("/seen/<name>")
    def see(name):
        seen[name] = seen.get(name, 0) + 1
        return "seen"

    return other
`;
    expect(found(text)).toEqual([
      { name: "todos", path: "app.py", line: 3 },
      { name: "seen", path: "app.py", line: 4 },
      { name: "visits", path: "app.py", line: 5 },
    ]);
  });

  it("leaves alone what is only read, what a function has for itself, and what is filled at import", () => {
    const text = `from flask import Flask
app = Flask(__name__)
PRICES = {"tea": 3}
items = []
COMMANDS = {}
limit = 10

def command(function):
    COMMANDS[function.__name__] = function
    return function

@app.get("/")
def index():
    items = []
    items.append(PRICES["tea"])
    if PRICES["tea"] == limit:
        return "dear"
    return str(items)
`;
    expect(found(text)).toEqual([]);
  });
});
