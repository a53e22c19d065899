import os
import time

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render

from .models import Choice


def index(request):
    return render(request, "polls/index.html", {"choices": Choice.objects.all(), "process": os.getpid()})


def vote(request, number):
    if request.method == "POST":
        Choice.objects.filter(pk=number).update(votes=F("votes") + 1)
    return redirect("index")


def slow(request):
    # Stands for another server that needs a tenth of a second. The thread waits for it.
    time.sleep(0.1)
    return HttpResponse(f"Answered by process {os.getpid()}.\n", content_type="text/plain")


def broken(request):
    share = 1 / Choice.objects.filter(text="No such choice").count()
    return HttpResponse(f"{share}\n", content_type="text/plain")
