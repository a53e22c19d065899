import os
import time

from flask import Flask

app = Flask(__name__)
app.secret_key = os.environ.get("SECRET_KEY", "dev")


@app.route("/")
def index():
    return "<p><a href='/forecast/oslo'>Oslo</a></p>"


@app.route("/forecast/<town>")
def forecast(town):
    time.sleep(0.1)
    return {"town": town, "forecast": "rain"}
