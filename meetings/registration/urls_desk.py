"""URLs of the desk's list of who comes to a meeting, below the meeting's own."""

from django.urls import path

from meetings.registration import views_desk as views

urlpatterns = [
    path("registrations/", views.registrations, name="registrations"),
    path("registrations/list.csv", views.registrations_csv, name="registrations_csv"),
    path("registrations/needs/", views.needs, name="needs"),
    path("registrations/closing/", views.closing, name="closing"),
    path(
        "registrations/<id:registration_pk>/<slug:step>/",
        views.registration,
        name="registration",
    ),
]
