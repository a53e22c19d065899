from flask import Flask
from models import count_users

app = Flask(__name__)


@app.route("/")
def index():
    return f"{count_users()} users"


app.run(host="0.0.0.0", port=80, debug=True)
