"""Addresses of the public pages of polls."""

from django.urls import path

from votes import views

app_name = "votes"

urlpatterns = [
    path("", views.poll_list, name="list"),
    path("<id:pk>/", views.poll_detail, name="detail"),
    path("<id:pk>/vote/", views.vote, name="vote"),
    path("<id:pk>/results/", views.results, name="results"),
    path("<id:pk>/codes.txt", views.codes, name="codes"),
    path("<id:pk>/check/", views.check, name="check"),
]
