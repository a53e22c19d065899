from django.urls import path

from . import views

urlpatterns = [
    path("", views.index, name="index"),
    path("vote/<int:number>/", views.vote, name="vote"),
    path("slow/", views.slow, name="slow"),
    path("broken/", views.broken, name="broken"),
]
