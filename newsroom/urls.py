"""URLs of the public pages of the newsroom; the desk's stand in newsroom/articles/urls_desk.py."""

from django.urls import path

from newsroom import feeds, views

app_name = "newsroom"

urlpatterns = [
    path("", views.article_list, name="list"),
    path("feed.atom", feeds.feed, name="feed"),
    path("calendar/", views.calendar_page, name="calendar"),
    path("calendar.ics", feeds.calendar, name="dates"),
    path("<id:pk>/", views.article_detail, name="detail"),
    path("<id:pk>/card.png", views.card, name="card"),
    path("<id:pk>/calendar.ics", feeds.article_calendar, name="dates_of"),
]
