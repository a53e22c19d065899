# Settings that are not secret can be in a file beside the code.
bind = "0.0.0.0:8000"
raw_env = ["SHOP_NAME=the corner shop"]
