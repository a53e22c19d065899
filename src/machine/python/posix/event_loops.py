"""The event loops of `asyncio`: CPython's own.

Pyodide gives asyncio a loop that is the browser's, which has no servers, signals or child processes, and says that it
runs always. Here the selector loop of the standard library runs, over the selectors, sockets, pipes and signals of this
layer.
"""


def restore():
    """Take out what `pyodide.webloop` has put into asyncio. Once, after everything is imported."""
    import asyncio

    from pyodide import webloop

    asyncio.run = webloop._orig_run
    asyncio.events._set_event_loop_policy(None)
    asyncio._set_running_loop(None)
