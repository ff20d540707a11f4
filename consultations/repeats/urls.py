"""Addresses of repeats, under /desk/consultations/<id>/repeats/."""

from django.urls import path

from consultations.repeats import views

urlpatterns = [
    path("", views.groups, name="repeats"),
    path("<id:remark_pk>/", views.group, name="repeats_group"),
    path("<id:remark_pk>/unfold/", views.unfold_all, name="unfold_all"),
    path("<id:remark_pk>/<id:folded_pk>/unfold/", views.unfold, name="unfold"),
    path("<id:remark_pk>/<id:folded_pk>/fold/", views.fold, name="fold"),
]
