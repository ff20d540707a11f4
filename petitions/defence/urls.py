"""Public URLs of the defence, under /petitions/<id>/."""

from django.urls import path

from petitions.defence import views_public

urlpatterns = [
    path("challenge/", views_public.challenge, name="challenge"),
    path("objection/", views_public.objection, name="objection"),
    path(
        "objection/<id:signature_pk>/<slug:token>/",
        views_public.objection_by_link,
        name="objection_by_link",
    ),
]
