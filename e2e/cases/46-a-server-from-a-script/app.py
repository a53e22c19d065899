from flask import Flask, request

app = Flask(__name__)


@app.get("/")
def index():
    return f"asked by {request.args.get('name', 'nobody')}\n"
