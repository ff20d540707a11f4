"""URLs of the pages of open data, under /data/."""

from django.urls import path

from portal.embed.snippets import show_code
from portal.opendata import views

app_name = "opendata"

urlpatterns = [
    path("", views.list_datasets, name="catalogue"),
    path("embed/", show_code, name="embed"),
    path("<slug:slug>/", views.show_dataset, name="dataset"),
]
