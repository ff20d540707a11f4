"""URLs of the public pages of polls."""

from django.urls import path

from votes import feeds, opendata, views
from votes.ballots import views as ballots_views
from votes.results import views as results_views

app_name = "votes"

urlpatterns = [
    # First where people come in crowds: each line before costs them a little.
    path("<id:pk>/vote/", ballots_views.vote, name="vote"),
    path("", views.poll_list, name="list"),
    path("for-me/", views.for_me, name="for_me"),
    path("pictures/<id:pk>/<str:name>", views.picture, name="picture"),
    path("feed.atom", feeds.feed, name="feed"),
    path("calendar.ics", feeds.calendar, name="calendar"),
    path("data.csv", opendata.data_csv, name="data_csv"),
    path("data.json", opendata.data_json, name="data_json"),
    path("<id:pk>/", views.poll_detail, name="detail"),
    path("<id:pk>/calendar.ics", feeds.poll_calendar, name="dates"),
    path("<id:pk>/standing/", views.standing, name="standing"),
    path("<id:pk>/display/", views.display, name="display"),
    path("<id:pk>/code/", ballots_views.vote_by_code, name="code"),
    path("<id:pk>/card.png", results_views.card, name="card"),
    path("<id:pk>/results/", results_views.results, name="results"),
    path("<id:pk>/results/live/", results_views.live_results, name="live_results"),
    path("<id:pk>/results.csv", results_views.results_csv, name="results_csv"),
    path("<id:pk>/results.json", results_views.results_json, name="results_json"),
    path("<id:pk>/results.ods", results_views.results_ods, name="results_ods"),
    path("<id:pk>/texts/<id:question_pk>/", results_views.texts, name="texts"),
    path("<id:pk>/voters/", results_views.voters, name="voters"),
    path("<id:pk>/codes.txt", results_views.codes, name="codes"),
    path("<id:pk>/ballots.csv", opendata.ballots_csv, name="ballots_csv"),
    path("<id:pk>/ballots.json", opendata.ballots_json, name="ballots_json"),
    path("<id:pk>/check/", results_views.check, name="check"),
]
