"""Addresses of the register, under /desk/consultations/<id>/register/."""

from django.urls import path

from consultations.register import views

urlpatterns = [
    path("", views.register, name="register"),
    path("new/", views.enter, name="enter"),
    path("<id:remark_pk>/", views.entry, name="entry"),
    path("<id:remark_pk>/contact/", views.contact, name="contact"),
    path("<id:remark_pk>/scan/", views.scan, name="scan"),
]
