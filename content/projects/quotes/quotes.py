import random

from bottle import default_app, route, run

QUOTES = ["Simple is better than complex.", "Errors should never pass silently.", "Now is better than never."]


@route("/")
def index():
    return {"quote": random.choice(QUOTES)}


@route("/quotes/<number:int>")
def quote(number):
    return {"quote": QUOTES[number % len(QUOTES)]}


if __name__ == "__main__":
    run(host="localhost", port=8080)
