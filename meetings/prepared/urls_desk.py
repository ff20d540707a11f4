"""URLs of the desk of what is prepared before a meeting."""

from django.urls import path

from meetings.prepared import views_desk

urlpatterns = [
    path("prepared/", views_desk.prepared_votes, name="prepared"),
    path("prepared/<id:prepared_pk>/discard/", views_desk.discard, name="discard_prepared"),
]
