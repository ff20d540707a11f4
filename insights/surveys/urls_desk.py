"""URLs of the desk's pages of surveys of trust, under /desk/surveys/."""

from django.urls import path

from insights.surveys import views_desk

app_name = "surveys_desk"

urlpatterns = [
    path("", views_desk.surveys, name="list"),
    path("new/", views_desk.new, name="new"),
    path("<id:pk>/", views_desk.edit, name="edit"),
    path("<id:pk>/remove/", views_desk.remove, name="remove"),
]
