"""URLs of the public petition pages; the desk's stand in petitions/desk/urls.py."""

from django.urls import include, path

from petitions import feeds, opendata, views

app_name = "petitions"

urlpatterns = [
    # First where people come in crowds: each line before costs them a little.
    path("<id:pk>/", views.petition_detail, name="detail"),
    path("<id:pk>/", include("petitions.signing.urls")),
    path("", views.petition_list, name="list"),
    path("feed.atom", feeds.feed, name="feed"),
    path("data.csv", opendata.data_csv, name="data_csv"),
    path("data.json", opendata.data_json, name="data_json"),
    path("<id:pk>/standing/", views.petition_standing, name="standing"),
    path("<id:pk>/answer/", views.petition_answer, name="answer"),
    path("<id:pk>/card.png", views.card, name="card"),
    path("<id:pk>/poster.pdf", views.poster, name="poster"),
    path("<id:pk>/", include("petitions.talk.urls")),
    path("<id:pk>/", include("petitions.defence.urls")),
    path("", include("petitions.ledger.urls")),
    path("", include("petitions.starting.urls")),
]
