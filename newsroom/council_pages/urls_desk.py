"""URLs of the desk's pages on which the council's pages are written, under /desk/pages/."""

from django.urls import path

from newsroom.council_pages import views_desk

app_name = "pages_desk"

urlpatterns = [
    path("", views_desk.page_list, name="list"),
    path("new/", views_desk.new, name="new"),
    path("<id:pk>/", views_desk.edit, name="edit"),
]
