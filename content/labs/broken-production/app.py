import os
import time

from flask import Flask, redirect, session, url_for

app = Flask(__name__)
# Signs the cookie that holds the basket.
app.secret_key = os.environ.get("SECRET_KEY")

HOME = """<!doctype html>
<title>The shop</title>
<link rel="stylesheet" href="/static/style.css">
<h1>The shop</h1>
<p><a href="/stock">What is in stock</a></p>
<p><a href="/basket">Put a cup into the basket</a></p>
<form method="post" action="/order"><button>Order</button></form>
<p><a href="/report">Sales of the month</a></p>
"""


@app.get("/")
def home():
    return HOME


@app.get("/stock")
def stock():
    # Asks the warehouse, and waits for its answer.
    time.sleep(1)
    return "Cups: 12\n"


@app.get("/basket")
def basket():
    session["cups"] = session.get("cups", 0) + 1
    return f"Cups in your basket: {session['cups']}\n"


@app.post("/order")
def order():
    # A whole URL, because the payment service sends users there, too.
    return redirect(url_for("thanks", _external=True))


@app.get("/thanks")
def thanks():
    return "Thank you for your order.\n"


@app.get("/report")
def report():
    # The database adds up a month. This takes its time.
    time.sleep(4)
    return "Cups sold this month: 4711\n"
