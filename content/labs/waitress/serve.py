# serve.py: starts waitress from Python, on any system: python serve.py
from waitress import serve

from app import app

if __name__ == "__main__":
    print("Serving on port 8080")
    serve(app, listen="0.0.0.0:8080", threads=8, connection_limit=100, channel_timeout=10)
