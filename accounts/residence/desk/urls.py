"""URLs of the office's pages about people."""

from datetime import timedelta

from django.urls import path

from accounts.limits import HOUR, Limit, per_person
from accounts.residence.desk import batches, views

app_name = "people"
#: People whom one officer may look up: an office serves a queue, it does not harvest.
searching = per_person(Limit("people-search", 120, HOUR))
printing = per_person(Limit("people-print", 60, timedelta(hours=1)))
listing = per_person(Limit("people-lists", 20, HOUR))

urlpatterns = [
    path("", searching(views.search), name="search"),
    path("new/", views.register, name="register"),
    path("<id:pk>/", views.person, name="person"),
    path("<id:pk>/check/", views.check, name="check"),
    path("<id:pk>/sheet/", printing(views.sheet), name="sheet"),
    path("<id:pk>/residence/end/", views.end_residence, name="end_residence"),
    path("letters/", batches.letters, name="letters"),
    path("letters/print/", printing(batches.print_waiting), name="print"),
    path("letters/<id:pk>/print/", printing(batches.print_again), name="print_again"),
    path("lists/", listing(batches.lists), name="lists"),
    path("lists/<id:pk>/", batches.one_list, name="list"),
    path("lists/<id:pk>/confirm/", batches.confirm, name="confirm"),
    path("lists/<id:pk>/decline/", batches.decline, name="decline"),
]
