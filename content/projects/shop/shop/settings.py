class Development:
    DEBUG = True
    SECRET_KEY = "not a secret"


class Production:
    DEBUG = False
    SECRET_KEY = "change me"
