import os
import secrets
import signal
import sqlite3
import threading
import time
from contextlib import closing

from flask import Flask, make_response, request

app = Flask(__name__)

# What this process remembers. Another process has variables of its own.
tickets = {}
prices = {}
# The chat: who has joined, and what was said.
members = set()
messages = []
news = threading.Condition()


def ask(statement):
    """Runs one statement on the store that all processes share. While another one writes, it waits, for 10 s at most."""
    with closing(sqlite3.connect("votes.db", timeout=10)) as store, store:
        return store.execute(statement).fetchone()


# Every process runs this when it loads the app. Only the first one finds something to do.
ask("CREATE TABLE IF NOT EXISTS counter (votes INTEGER)")
ask("INSERT INTO counter SELECT 0 WHERE NOT EXISTS (SELECT * FROM counter)")


@app.get("/")
def count():
    (votes,) = ask("SELECT votes FROM counter")
    return f"{votes} votes, says process {os.getpid()}\n"


@app.post("/vote")
def vote():
    (votes,) = ask("UPDATE counter SET votes = votes + 1 RETURNING votes")
    return f"{votes} votes, and yours is one of them\n"


@app.get("/visit")
def visit():
    ticket = request.cookies.get("ticket")
    if ticket is None:
        ticket = secrets.token_hex(8)
        tickets[ticket] = "Ada"
        response = make_response("Welcome. You are logged in.\n")
        response.set_cookie("ticket", ticket)
        return response
    if ticket not in tickets:
        return f"Who are you? Process {os.getpid()} does not know this ticket.\n", 401
    return f"Welcome back, {tickets[ticket]}.\n"


@app.get("/price")
def price():
    # Asks the supplier once, which takes a while, and keeps the answer.
    if "tea" not in prices:
        time.sleep(0.3)
        prices["tea"] = f"asked for by process {os.getpid()}"
    return f"Tea costs 3 euros, {prices['tea']}\n"


@app.get("/chat")
def chat():
    member = request.args.get("member")
    if member is None:
        member = secrets.token_hex(4)
        members.add(member)
        return f"{member}\n"
    if member not in members:
        return f"Process {os.getpid()} does not know this member.\n", 400
    # Long polling: the response waits for news, and then the client asks again.
    with news:
        news.wait(0.3)
        return "".join(messages)


@app.post("/chat")
def say():
    with news:
        messages.append(f"{request.get_data(as_text=True)}\n")
        news.notify_all()
    return "", 204


@app.get("/crash")
def crash():
    # Ends this process as the system does when memory runs out.
    time.sleep(1)
    os.kill(os.getpid(), signal.SIGKILL)
