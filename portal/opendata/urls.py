"""URLs of the pages of open data, under /data/."""

from django.urls import path

from portal.opendata import views

app_name = "opendata"

urlpatterns = [
    path("", views.list_datasets, name="catalogue"),
    path("<slug:slug>/", views.show_dataset, name="dataset"),
]
