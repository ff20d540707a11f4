"""URLs of /start/, from what somebody wants to say to the form in which they say it."""

from django.urls import path

from portal.tracks import views, views_again

app_name = "tracks"

urlpatterns = [
    path("", views.start, name="start"),
    path("again/<slug:source>/<id:pk>/", views_again.again, name="again"),
]
