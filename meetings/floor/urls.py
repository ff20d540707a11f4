"""URLs of taking part in a meeting, below its own."""

from django.urls import path

from meetings.floor import views
from meetings.quickpolls import views_floor

urlpatterns = [
    path("ask/", views.ask, name="ask"),
    path("mine/", views.mine, name="mine"),
    path("questions/<id:question_pk>/support/", views.support, name="support"),
    path("hand/", views.hand, name="hand"),
    path("hand/<id:speaker_pk>/lower/", views.lower_hand, name="lower_hand"),
    path("vote/", views.vote, name="vote"),
    path("present/", views.say_present, name="say_present"),
    path("present/<id:claim_pk>/confirm/", views.confirm_present, name="confirm_present"),
    path("polls/<id:poll_pk>/vote/", views_floor.cast_poll, name="cast_poll"),
    path("roll-calls/<id:roll_call_pk>/vote/", views.cast, name="cast"),
]
