import os
import time


def send_newsletter():
    # Stands for a mail to all customers. Each side shows the file.
    with open("sent.txt", "a") as sent:
        sent.write(f"{time.strftime('%H:%M:%S')} newsletter, sent by process {os.getpid()}\n")


def count_sent():
    try:
        with open("sent.txt") as sent:
            return len(sent.readlines())
    except FileNotFoundError:
        return 0
