import os

from flask import Flask

app = Flask(__name__)
app.secret_key = os.environ.get("SHOP_KEY", "not set")


@app.get("/")
def shop():
    return "Open from nine to five.\n"


if __name__ == "__main__":
    app.run(host="0.0.0.0", debug=True)
