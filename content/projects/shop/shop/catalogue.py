from flask import Blueprint, abort

catalogue = Blueprint("catalogue", __name__)

PRODUCTS = {1: "A lamp", 2: "A chair", 3: "A table"}


@catalogue.route("/")
def all_products():
    return {"products": list(PRODUCTS.values())}


@catalogue.route("/products/<int:number>")
def product(number):
    if number not in PRODUCTS:
        abort(404)
    return {"product": PRODUCTS[number]}
