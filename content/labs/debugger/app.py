import os

from flask import Flask, request

app = Flask(__name__)
# Secrets come from the environment, not from the code.
app.config["SECRET_KEY"] = os.environ.get("SHOP_KEY", "not set")

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
    # Nobody thought of a table without guests.
    guests = int(request.args["guests"])
    return f"{120 / guests:.2f} each\n"


if __name__ == "__main__":
    app.run(debug=True)
