"""Addresses of the officers' pages about polls, under /desk/polls/."""

from django.urls import path

from votes.desk import views, views_paper

app_name = "votes_desk"

urlpatterns = [
    path("", views.poll_list, name="list"),
    path("new/", views.poll_new, name="new"),
    path("quick/", views.quick, name="quick"),
    path("<id:pk>/", views.poll_detail, name="detail"),
    path("<id:pk>/hall/", views.hall, name="hall"),
    path("<id:pk>/edit/", views.poll_edit, name="edit"),
    path("<id:pk>/schedule/", views.schedule, name="schedule"),
    path("<id:pk>/publish/", views.publish, name="publish"),
    path("<id:pk>/discard/", views.discard, name="discard"),
    path("<id:pk>/extend/", views.extend, name="extend"),
    path("<id:pk>/cancel/", views.cancel, name="cancel"),
    path(
        "<id:pk>/questions/<id:question_pk>/delete/", views.question_delete, name="question_delete"
    ),
    path("<id:pk>/sheets/", views_paper.sheets, name="sheets"),
    path("<id:pk>/sheets/<id:sheet_pk>/", views_paper.sheet, name="sheet"),
]
