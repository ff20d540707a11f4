"""URLs of the pages that gather from many apps."""

from django.urls import path

from portal import desk, home, me, organisations, search

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("card.png", home.card, name="card"),
    path("search/", search.search, name="search"),
    path("organisations/<id:pk>/", organisations.organisation, name="organisation"),
    path("account/me/", me.me, name="me"),
    path("desk/", desk.desk, name="desk"),
]
