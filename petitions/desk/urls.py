"""URLs of the desk's pages of petitions, under /desk/petitions/."""

from django.urls import include, path

from petitions.desk import views, views_review, views_rules

app_name = "petitions_desk"

urlpatterns = [
    path("", views.petition_list, name="list"),
    path("", include("petitions.defence.desk_urls")),
    path("rules/", views_rules.rules_page, name="rules"),
    path("rules/change/", views_rules.change_rules, name="change_rules"),
    path("rules/grounds/new/", views_rules.new_ground, name="new_ground"),
    path("rules/grounds/<id:pk>/", views_rules.change_ground, name="change_ground"),
    path("rules/grounds/<id:pk>/force/", views_rules.force_ground, name="force_ground"),
    path("<id:pk>/", views.petition_detail, name="detail"),
    path("<id:pk>/publish/", views.publish, name="publish"),
    path("<id:pk>/refuse/", views.refuse, name="refuse"),
    path("<id:pk>/sort/", views.sort, name="sort"),
    path("<id:pk>/news/<id:news_pk>/hide/", views.hide_news, name="hide_news"),
    path("<id:pk>/news/<id:news_pk>/restore/", views.restore_news, name="restore_news"),
    path("<id:pk>/photos/<id:photo_pk>/remove/", views.remove_photo, name="remove_photo"),
    path("<id:pk>/review/", views_review.review, name="review"),
    path("<id:pk>/agenda/", views_review.agenda, name="agenda"),
    path("<id:pk>/decision/", views_review.decide, name="decide"),
    path("<id:pk>/answer/", views_review.answer, name="answer"),
    path("<id:pk>/poll/attach/", views_review.attach_poll, name="attach_poll"),
    path("<id:pk>/poll/detach/", views_review.detach_poll, name="detach_poll"),
    path("<id:pk>/steps/", views_review.promise, name="promise"),
    path("<id:pk>/steps/<id:step_pk>/", views_review.note_step, name="note_step"),
]
