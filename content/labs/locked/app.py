import os
import sqlite3
import time
from contextlib import closing

from flask import Flask

app = Flask(__name__)

# How long a connection waits while another one writes, in seconds. Python's own default is 5.
PATIENCE = float(os.environ.get("PATIENCE", "0.2"))


def connect(patience=PATIENCE):
    # With isolation_level=None, a transaction begins where the code says so. Outside one, each statement stands alone.
    return sqlite3.connect("orders.db", timeout=patience, isolation_level=None)


with closing(connect(patience=30)) as db:
    db.execute("CREATE TABLE IF NOT EXISTS orders (number INTEGER)")


def next_number(db):
    (last,) = db.execute("SELECT COALESCE(MAX(number), 0) FROM orders").fetchone()
    return last + 1


def pay():
    # Waits for the bank.
    time.sleep(0.15)


@app.get("/")
def count():
    with closing(connect()) as db:
        return f"{next_number(db) - 1} was the last order\n"


@app.post("/hasty")
def hasty():
    with closing(connect()) as db:
        number = next_number(db)
        pay()
        db.execute("INSERT INTO orders VALUES (?)", (number,))
    return f"Order {number}\n"


@app.post("/order")
def order():
    with closing(connect()) as db:
        db.execute("BEGIN IMMEDIATE")
        number = next_number(db)
        pay()
        db.execute("INSERT INTO orders VALUES (?)", (number,))
        db.execute("COMMIT")
    return f"Order {number}\n"
