from flask import Blueprint, redirect, render_template, request, url_for

from .db import get_db

bp = Blueprint("entries", __name__)

# One for the whole site, or so it looks.
visits = 0


@bp.route("/")
def index():
    global visits
    visits += 1
    entries = get_db().execute("SELECT name, message FROM entry ORDER BY id DESC LIMIT 20").fetchall()
    return render_template("index.html", entries=entries, visits=visits)


@bp.route("/sign", methods=("GET", "POST"))
def sign():
    if request.method == "POST":
        name = request.form.get("name", "").strip()
        message = request.form.get("message", "").strip()
        if not name or not message:
            return render_template("sign.html", error="A name and a message are needed."), 400
        db = get_db()
        db.execute("INSERT INTO entry (name, message) VALUES (?, ?)", (name, message))
        db.commit()
        return redirect(url_for("entries.index"))
    return render_template("sign.html", error=None)


@bp.route("/about")
def about():
    return "<p>A guestbook, for anyone who passes by.</p>"
