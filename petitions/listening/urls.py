"""Addresses of hearing of a petition, below /petitions/<id>/."""

from django.urls import path

from petitions.listening import views

urlpatterns = [
    path("mails/<id:signature_pk>/<slug:token>/", views.unsubscribe, name="unsubscribe"),
]
