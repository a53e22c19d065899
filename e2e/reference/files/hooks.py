"""A settings file for gunicorn in which every server hook says that it was called."""


def said(hook):
    print("hook", hook, flush=True)


def on_starting(server):
    said("on_starting")


def on_reload(server):
    said("on_reload")


def when_ready(server):
    said("when_ready")


def pre_fork(server, worker):
    said(f"pre_fork, age {worker.age}")


def post_fork(server, worker):
    said(f"post_fork, age {worker.age}")


def post_worker_init(worker):
    said("post_worker_init")


def worker_int(worker):
    said("worker_int")


def worker_abort(worker):
    said("worker_abort")


def pre_exec(server):
    said("pre_exec")


def pre_request(worker, request):
    said(f"pre_request {request.method} {request.path}")


def post_request(worker, request, environ, response):
    said(f"post_request {response.status}")


def child_exit(server, worker):
    said(f"child_exit, age {worker.age}")


def worker_exit(server, worker):
    said(f"worker_exit, age {worker.age}")


def nworkers_changed(server, new_value, old_value):
    said(f"nworkers_changed from {old_value} to {new_value}")


def on_exit(server):
    said("on_exit")
