import os
import time

from huey import SqliteHuey

# The queue is a table in this file. The server writes jobs into it, and the worker takes them out.
huey = SqliteHuey(filename="queue.db")

# How long a report takes.
SECONDS = float(os.environ.get("REPORT_SECONDS", "5"))


def write_report():
    # Stands for slow queries. Each side shows the file.
    time.sleep(SECONDS)
    report = f"{time.strftime('%H:%M:%S')} report, written by process {os.getpid()}\n"
    with open("reports.txt", "a") as reports:
        reports.write(report)
    return report


@huey.task()
def report_later():
    # Called by the server, it puts a job into the queue. The worker does what stands here.
    return write_report()
