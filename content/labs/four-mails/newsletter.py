# The scheduler as a program of its own: python newsletter.py
import time

from mail import send_newsletter

time.sleep(1)
send_newsletter()
