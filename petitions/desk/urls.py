"""URLs of the desk's pages of petitions, under /desk/petitions/."""

from django.urls import include, path

from petitions.answer import views_desk as answer_views
from petitions.desk import views
from petitions.rulebook import views_desk as rulebook_views

app_name = "petitions_desk"

urlpatterns = [
    path("", views.petition_list, name="list"),
    path("", include("petitions.defence.urls_desk")),
    path("rules/", rulebook_views.rules_page, name="rules"),
    path("rules/change/", rulebook_views.change_rules, name="change_rules"),
    path("rules/grounds/new/", rulebook_views.new_ground, name="new_ground"),
    path("rules/grounds/<id:pk>/", rulebook_views.change_ground, name="change_ground"),
    path("rules/grounds/<id:pk>/force/", rulebook_views.force_ground, name="force_ground"),
    path("<id:pk>/", views.petition_detail, name="detail"),
    path("<id:pk>/publish/", views.publish, name="publish"),
    path("<id:pk>/refuse/", views.refuse, name="refuse"),
    path("<id:pk>/sort/", views.sort, name="sort"),
    path("<id:pk>/news/<id:news_pk>/hide/", views.hide_news, name="hide_news"),
    path("<id:pk>/news/<id:news_pk>/restore/", views.restore_news, name="restore_news"),
    path("<id:pk>/photos/<id:photo_pk>/remove/", views.remove_photo, name="remove_photo"),
    path("<id:pk>/review/", answer_views.review, name="review"),
    path("<id:pk>/agenda/", answer_views.agenda, name="agenda"),
    path("<id:pk>/decision/", answer_views.decide, name="decide"),
    path("<id:pk>/answer/", answer_views.answer, name="answer"),
    path("<id:pk>/poll/attach/", answer_views.attach_poll, name="attach_poll"),
    path("<id:pk>/poll/detach/", answer_views.detach_poll, name="detach_poll"),
    path("<id:pk>/steps/", answer_views.promise, name="promise"),
    path("<id:pk>/steps/<id:step_pk>/", answer_views.note_step, name="note_step"),
]
