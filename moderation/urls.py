"""Addresses of moderation: the desk's queue, and the reader's report."""

from django.urls import path

from moderation import views, views_texts

app_name = "moderation"

urlpatterns = [
    path("comments/<id:pk>/report/", views.report, name="report"),
    path("desk/moderation/", views.queue, name="queue"),
    path("desk/moderation/log/", views.log, name="log"),
    path("desk/moderation/texts/", views_texts.queue, name="texts"),
    path("desk/moderation/texts/show/", views_texts.show_all, name="show_texts"),
    path("desk/moderation/texts/<id:pk>/show/", views_texts.show, name="show_text"),
    path("desk/moderation/texts/<id:pk>/hide/", views_texts.hide, name="hide_text"),
    path("desk/moderation/<id:pk>/approve/", views.approve, name="approve"),
    path("desk/moderation/<id:pk>/hide/", views.hide, name="hide"),
    path("desk/moderation/<id:pk>/restore/", views.restore, name="restore"),
]
