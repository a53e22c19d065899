# Gunicorn automatically reads this file from the folder where it is started. The command line overrides it.

bind = "0.0.0.0:8000"
workers = 2
threads = 4

# A worker that has been silent for so many seconds is killed. The default is 30.
timeout = 4
# A worker that is asked to leave may finish what it has begun within so many seconds.
graceful_timeout = 10

# The access log, on the terminal. Without this line there is none.
accesslog = "-"


def worker_exit(server, worker):
    server.log.info("Worker %s has left", worker.pid)
