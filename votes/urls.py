"""URLs of the public pages of polls."""

from django.urls import path

from votes import feeds, opendata, views, views_ballot, views_mine, views_results

app_name = "votes"

urlpatterns = [
    # First where people come in crowds: each line before costs them a little.
    path("<id:pk>/vote/", views_ballot.vote, name="vote"),
    path("", views.poll_list, name="list"),
    path("for-me/", views_mine.for_me, name="for_me"),
    path("pictures/<id:pk>/<str:name>", views.picture, name="picture"),
    path("feed.atom", feeds.feed, name="feed"),
    path("calendar.ics", feeds.calendar, name="calendar"),
    path("data.csv", opendata.data_csv, name="data_csv"),
    path("data.json", opendata.data_json, name="data_json"),
    path("<id:pk>/", views.poll_detail, name="detail"),
    path("<id:pk>/calendar.ics", feeds.poll_calendar, name="dates"),
    path("<id:pk>/standing/", views.standing, name="standing"),
    path("<id:pk>/display/", views.display, name="display"),
    path("<id:pk>/code/", views_ballot.vote_by_code, name="code"),
    path("<id:pk>/card.png", views_results.card, name="card"),
    path("<id:pk>/results/", views_results.results, name="results"),
    path("<id:pk>/results/live/", views_results.live_results, name="live_results"),
    path("<id:pk>/results.csv", views_results.results_csv, name="results_csv"),
    path("<id:pk>/results.json", views_results.results_json, name="results_json"),
    path("<id:pk>/results.ods", views_results.results_ods, name="results_ods"),
    path("<id:pk>/texts/<id:question_pk>/", views_results.texts, name="texts"),
    path("<id:pk>/voters/", views_results.voters, name="voters"),
    path("<id:pk>/codes.txt", views_results.codes, name="codes"),
    path("<id:pk>/ballots.csv", opendata.ballots_csv, name="ballots_csv"),
    path("<id:pk>/ballots.json", opendata.ballots_json, name="ballots_json"),
    path("<id:pk>/check/", views_results.check, name="check"),
]
