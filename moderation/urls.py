"""Addresses of moderation: the desk's queue, the reader's report, contests, public statistics."""

from django.urls import path

from moderation import views, views_lists, views_queue, views_texts
from moderation import views_premoderation as premoderation
from moderation.contests import views as contests
from moderation.statistics import views as statistics

app_name = "moderation"

urlpatterns = [
    path("moderation/", statistics.page, name="statistics"),
    path("moderation/decisions.csv", statistics.download, name="statistics_csv"),
    path("comments/<id:pk>/report/", views.report, name="report"),
    path("comments/<id:pk>/contest/", contests.contest, name="contest"),
    path("desk/moderation/", views_queue.queue, name="queue"),
    path("desk/moderation/take/", views_queue.take, name="take"),
    path("desk/moderation/release/", views_queue.release, name="release"),
    path("desk/moderation/log/", views.log, name="log"),
    path("desk/moderation/contests/", contests.waiting, name="contests"),
    path("desk/moderation/contests/<id:pk>/", contests.decide, name="decide_contest"),
    path("desk/moderation/premoderation/", premoderation.premoderation, name="premoderation"),
    path("desk/moderation/premoderation/<id:pk>/begin/", premoderation.begin, name="hold"),
    path("desk/moderation/premoderation/<id:pk>/end/", premoderation.end, name="hold_no_more"),
    path("desk/moderation/lists/", views_lists.lists, name="lists"),
    path("desk/moderation/words/", views_lists.add_words, name="add_words"),
    path("desk/moderation/words/<id:pk>/remove/", views_lists.remove_word, name="remove_word"),
    path("desk/moderation/reasons/", views_lists.save_reason, name="save_reason"),
    path(
        "desk/moderation/reasons/<id:pk>/remove/", views_lists.remove_reason, name="remove_reason"
    ),
    path("desk/moderation/texts/", views_texts.queue, name="texts"),
    path("desk/moderation/texts/show/", views_texts.show_all, name="show_texts"),
    path("desk/moderation/texts/<id:pk>/show/", views_texts.show, name="show_text"),
    path("desk/moderation/texts/<id:pk>/hide/", views_texts.hide, name="hide_text"),
    path("desk/moderation/<id:pk>/approve/", views_queue.approve, name="approve"),
    path("desk/moderation/<id:pk>/hide/", views_queue.hide, name="hide"),
    path("desk/moderation/<id:pk>/restore/", views_queue.restore, name="restore"),
]
