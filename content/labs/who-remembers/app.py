import os
import secrets
import signal
import threading
import time

from flask import Flask, make_response, request

app = Flask(__name__)

# What this process remembers. Another process has variables of its own.
votes = 0
tickets = {}
prices = {}
# Made once, when the app is loaded.
copy = secrets.token_hex(2)
# Threads of this process take turns.
turn = threading.Lock()
# The chat: who has joined, and what was said.
members = set()
messages = []
news = threading.Condition()


@app.get("/")
def count():
    return f"{votes} votes, says process {os.getpid()} with copy {copy}\n"


@app.post("/vote")
def vote():
    global votes
    with turn:
        votes += 1
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
