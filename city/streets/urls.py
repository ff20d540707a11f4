"""URLs of the public pages of streets, under /streets/."""

from django.urls import path

from city.streets import views

app_name = "city"

urlpatterns = [
    path("", views.find, name="streets"),
    path("suggestions/", views.suggestions, name="suggestions"),
]
