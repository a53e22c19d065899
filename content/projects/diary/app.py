"""A diary: SQLite, a login, and everything in one file."""

import sqlite3

from flask import Flask, g, redirect, render_template_string, request, session
from werkzeug.security import check_password_hash, generate_password_hash

app = Flask(__name__)
app.secret_key = "a secret that everybody can read"
DATABASE = "diary.db"

PAGE = """<!doctype html>
<title>Diary</title>
<h1>Diary</h1>
{% if user %}
  <p>Hello, {{ user }}. <a href="/logout">Log out</a></p>
  <form method="post" action="/write"><label>Today <input name="text"></label> <button type="submit">Write</button></form>
  <ul>{% for row in notes %}<li>{{ row[0] }}</li>{% endfor %}</ul>
{% else %}
  <form method="post" action="/login">
    <label>Name <input name="name"></label>
    <label>Password <input name="password" type="password"></label>
    <button type="submit">Log in or register</button>
  </form>
{% endif %}
"""


def db():
    if "db" not in g:
        g.db = sqlite3.connect(DATABASE, timeout=1)
    return g.db


@app.teardown_appcontext
def close(error):
    if "db" in g:
        g.pop("db").close()


def init():
    with sqlite3.connect(DATABASE) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS user (name TEXT PRIMARY KEY, password TEXT)")
        connection.execute("CREATE TABLE IF NOT EXISTS note (name TEXT, text TEXT)")
    print("The tables are there.")


init()


@app.route("/")
def index():
    user = session.get("user")
    notes = db().execute("SELECT text FROM note WHERE name = ?", (user,)).fetchall()
    return render_template_string(PAGE, user=user, notes=notes)


@app.route("/login", methods=["POST"])
def login():
    name, password = request.form["name"], request.form["password"]
    row = db().execute("SELECT password FROM user WHERE name = ?", (name,)).fetchone()
    if row is None:
        db().execute("INSERT INTO user VALUES (?, ?)", (name, generate_password_hash(password)))
        db().commit()
    elif not check_password_hash(row[0], password):
        return "Wrong password", 403
    session["user"] = name
    return redirect("/")


@app.route("/write", methods=["POST"])
def write():
    if "user" not in session:
        return "Log in first", 401
    db().execute("INSERT INTO note VALUES (?, ?)", (session["user"], request.form["text"]))
    db().commit()
    return redirect("/")


@app.route("/logout")
def logout():
    session.clear()
    return redirect("/")


if __name__ == "__main__":
    app.run(debug=True)
