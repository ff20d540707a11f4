"""Addresses of moderation: the desk's queue, the reader's report, contests, public statistics."""

from django.urls import path

from moderation import views
from moderation import views_premoderation as premoderation
from moderation.contests import views as contests
from moderation.lists import views as lists_views
from moderation.queue import views as queue_views
from moderation.queue import views_texts
from moderation.statistics import views as statistics

app_name = "moderation"

urlpatterns = [
    path("moderation/", statistics.page, name="statistics"),
    path("moderation/decisions.csv", statistics.download, name="statistics_csv"),
    path("comments/<id:pk>/report/", views.report, name="report"),
    path("comments/<id:pk>/contest/", contests.contest, name="contest"),
    path("desk/moderation/", queue_views.queue, name="queue"),
    path("desk/moderation/take/", queue_views.take, name="take"),
    path("desk/moderation/release/", queue_views.release, name="release"),
    path("desk/moderation/log/", views.log, name="log"),
    path("desk/moderation/contests/", contests.waiting, name="contests"),
    path("desk/moderation/contests/<id:pk>/", contests.decide, name="decide_contest"),
    path("desk/moderation/premoderation/", premoderation.premoderation, name="premoderation"),
    path("desk/moderation/premoderation/<id:pk>/begin/", premoderation.begin, name="hold"),
    path("desk/moderation/premoderation/<id:pk>/end/", premoderation.end, name="hold_no_more"),
    path("desk/moderation/lists/", lists_views.lists, name="lists"),
    path("desk/moderation/words/", lists_views.add_words, name="add_words"),
    path("desk/moderation/words/<id:pk>/remove/", lists_views.remove_word, name="remove_word"),
    path("desk/moderation/reasons/", lists_views.save_reason, name="save_reason"),
    path(
        "desk/moderation/reasons/<id:pk>/remove/", lists_views.remove_reason, name="remove_reason"
    ),
    path("desk/moderation/texts/", views_texts.queue, name="texts"),
    path("desk/moderation/texts/show/", views_texts.show_all, name="show_texts"),
    path("desk/moderation/texts/<id:pk>/show/", views_texts.show, name="show_text"),
    path("desk/moderation/texts/<id:pk>/hide/", views_texts.hide, name="hide_text"),
    path("desk/moderation/<id:pk>/approve/", queue_views.approve, name="approve"),
    path("desk/moderation/<id:pk>/hide/", queue_views.hide, name="hide"),
    path("desk/moderation/<id:pk>/restore/", queue_views.restore, name="restore"),
]
