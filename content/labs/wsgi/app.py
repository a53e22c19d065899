from flask import Flask, request

app = Flask(__name__)


@app.get("/")
def hello():
    return "Hello from Flask\n"


@app.get("/environ")
def environ():
    text = "".join(f"{key} = {value!r}\n" for key, value in sorted(request.environ.items()))
    return text, {"Content-Type": "text/plain; charset=utf-8"}
