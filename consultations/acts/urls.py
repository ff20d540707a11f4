"""URLs of the register of acts, under /acts/."""

from django.urls import path

from consultations.acts import views

app_name = "acts"

urlpatterns = [
    path("", views.act_list, name="list"),
    path("feed.atom", views.feed, name="feed"),
    path("acts.csv", views.table, name="csv"),
    path("<id:pk>/", views.act, name="act"),
]
