import time

from flask import Blueprint, request

orders = Blueprint("orders", __name__)


@orders.route("/", methods=["POST"])
def order():
    # The payment service takes its time.
    time.sleep(0.2)
    return {"ordered": request.form.get("product", "nothing")}, 201
