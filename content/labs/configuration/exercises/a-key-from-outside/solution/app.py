import os
import time

from flask import Flask, request, session

app = Flask(__name__)

# Flask signs session cookies with this key. No key, no start.
app.secret_key = os.environ["SHOP_SECRET_KEY"]

# WARNING is what Flask has outside debug mode.
app.logger.setLevel(os.environ.get("SHOP_LOG_LEVEL", "WARNING"))


@app.get("/")
def hello():
    return f"Process {os.getpid()} of {os.environ.get('SHOP_NAME', 'a shop without a name')}\n"


@app.get("/visit")
def visit():
    # Waits, as if for a database or another server.
    time.sleep(0.1)
    if "session" not in request.cookies:
        session["user"] = "reader"
        app.logger.info("Logged in: %s", session["user"])
        return "Welcome. You are logged in.\n"
    if "user" not in session:
        app.logger.info("A cookie with a wrong signature")
        return f"Who are you? Process {os.getpid()} has not signed this cookie.\n", 401
    return f"Welcome back, {session['user']}.\n"


@app.get("/takings")
def takings():
    if session.get("user") != "admin":
        app.logger.warning("Not the admin, but asked for the takings")
        return "Only for the admin.\n", 403
    return "Takings today: 1024\n"
