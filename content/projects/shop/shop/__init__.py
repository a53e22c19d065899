from flask import Flask

from .catalogue import catalogue
from .orders import orders


def create_app(config="shop.settings.Development"):
    app = Flask(__name__)
    app.config.from_object(config)
    app.register_blueprint(catalogue)
    app.register_blueprint(orders, url_prefix="/orders")
    return app
