from django.urls import path

from . import views

urlpatterns = [
    path("", views.index, name="index"),
    path("questions/<int:number>/", views.question, name="question"),
    path("slow/", views.slow, name="slow"),
]
