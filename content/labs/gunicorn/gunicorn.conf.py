# Gunicorn automatically reads this file from the folder where it is started. The command line overrides it.

bind = "0.0.0.0:8000"

# A worker that has been silent for so many seconds is killed. The default is 30.
timeout = 4
# A worker that is asked to leave may finish what it has begun within so many seconds.
graceful_timeout = 10

# The access log, in a file. "-" is the terminal. Without this line there is none.
accesslog = "access.log"


def worker_exit(server, worker):
    server.log.info("Worker %s has left", worker.pid)
