"""URLs of the council's pages, and of the addresses at which some stood before."""

from django.urls import path

from newsroom.council_pages import views

app_name = "pages"

urlpatterns = [
    path("", views.page_list, name="list"),
    path("privacy/", views.to_document, {"name": "privacy"}, name="privacy"),
    path("terms/", views.to_document, {"name": "terms"}, name="terms"),
    path("<slug:slug>/", views.page, name="page"),
    path("<slug:slug>/versions/", views.version_list, name="versions"),
    path("<slug:slug>/versions/<id:number>/", views.version, name="version"),
]
