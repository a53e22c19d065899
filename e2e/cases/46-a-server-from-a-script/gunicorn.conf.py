bind = "127.0.0.1:8000"
workers = 1


def on_starting(server):
    print("hook: on_starting", flush=True)


def when_ready(server):
    print("hook: when_ready", flush=True)


def post_worker_init(worker):
    print("hook: post_worker_init", flush=True)


def on_reload(server):
    print("hook: on_reload", flush=True)


def nworkers_changed(server, new_value, old_value):
    print(f"hook: nworkers_changed from {old_value} to {new_value}", flush=True)


def worker_exit(server, worker):
    print("hook: worker_exit", flush=True)


def on_exit(server):
    print("hook: on_exit", flush=True)
