"""URLs of the pages that gather from many apps."""

from django.urls import path

from portal import deadlines, desk, districts, done, load, me, organisations
from portal.desk_search.views import desk_search
from portal.home import views as home
from search.views import search

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("card.png", home.card, name="card"),
    path("districts/<slug:slug>/", districts.district, name="district"),
    path("districts/<slug:slug>/card.png", districts.card, name="district_card"),
    path("done/", done.outcomes, name="done"),
    path("search/", search, name="search"),
    path("organisations/<id:pk>/", organisations.organisation, name="organisation"),
    path("account/me/", me.me, name="me"),
    path("desk/", desk.desk, name="desk"),
    path("desk/search/", desk_search, name="desk_search"),
    path("desk/deadlines/", deadlines.deadlines, name="deadlines"),
    path("desk/deadlines/reminders/", deadlines.set_reminders, name="set_reminders"),
    path("desk/deadlines/link/", deadlines.make_link, name="make_link"),
    path("desk/deadlines/link/revoke/", deadlines.revoke_link, name="revoke_link"),
    path("desk/load/", load.load, name="load"),
    path("desk/load.csv", load.load_csv, name="load_csv"),
    path("deadlines/<slug:token>.ics", deadlines.deadline_calendar, name="deadline_calendar"),
]
