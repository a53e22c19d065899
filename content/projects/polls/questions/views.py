import os
import time

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from .models import Choice, Question


def index(request):
    return render(request, "questions/index.html", {"questions": Question.objects.all()})


def question(request, number):
    found = get_object_or_404(Question, pk=number)
    if request.method == "POST":
        Choice.objects.filter(question=found, pk=request.POST.get("choice")).update(votes=F("votes") + 1)
        return redirect("question", number=number)
    return render(request, "questions/question.html", {"question": found})


def slow(request):
    time.sleep(0.1)
    return HttpResponse(f"Answered by process {os.getpid()}.\n", content_type="text/plain")
