import pandas
from flask import Flask

app = Flask(__name__)
sales = pandas.read_csv("sales.csv")


@app.route("/")
def index():
    return sales.describe().to_html()
