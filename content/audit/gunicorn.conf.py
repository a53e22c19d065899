bind = "127.0.0.1:8000"
worker = 4
threads = 4
timeout = 30
access_logfile = "-"
forwarded_allow_ips = "*"
