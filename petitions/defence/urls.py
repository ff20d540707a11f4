"""Public addresses of defence, under /petitions/<id>/: objections, and the task of a guard."""

from django.urls import path

from petitions.defence import views_objections, views_proof

urlpatterns = [
    path("challenge/", views_proof.challenge, name="challenge"),
    path("objection/", views_objections.objection, name="objection"),
    path(
        "objection/<id:signature_pk>/<slug:token>/",
        views_objections.objection_by_link,
        name="objection_by_link",
    ),
]
