import os

from flask import Flask, request

app = Flask(__name__)
# Secrets come from the environment, not from the code.
app.config["SECRET_KEY"] = os.environ["SHOP_KEY"]

page = """<!doctype html>
<title>Share the bill</title>
<h1>Share the bill</h1>
<form action="/share">
  <label>Guests <input name="guests" value="4"></label>
  <button>Share</button>
</form>
"""


@app.get("/")
def form():
    return page


@app.get("/share")
def share():
    guests = request.args.get("guests", type=int)
    if guests is None or guests < 1:
        return "How many guests? Write a number from 1 on.\n", 400
    return f"{120 / guests:.2f} each\n"
