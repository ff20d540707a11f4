"""URLs of suggesting a track to an applicant, under /desk/appeals/."""

from django.urls import path

from portal.tracks import views_desk

app_name = "tracks_desk"

urlpatterns = [
    path("<id:pk>/track/", views_desk.suggest, name="suggest"),
]
