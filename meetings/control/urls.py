"""URLs of running a meeting, under /meetings/<pk>/control/."""

from django.urls import path

from meetings.control import (
    views,
    views_displays,
    views_polls,
    views_questions,
    views_rollcalls,
    views_speakers,
    views_votes,
)
from meetings.hall import views_control as hall

app_name = "meetings_control"

_QUESTION = "<id:pk>/control/questions/<id:question_pk>"
_ROLL_CALL = "<id:pk>/control/roll-calls/<id:roll_call_pk>"

urlpatterns = [
    path("<id:pk>/control/", views.control, name="control"),
    # Outside: what a script fetches is refused (404), and never led to another page.
    path("<id:pk>/control-now/", views.now, name="now"),
    path("<id:pk>/control/open/", views.open_meeting, name="open"),
    path("<id:pk>/control/close/", views.close_meeting, name="close"),
    path("<id:pk>/control/next/", views.next_item, name="next"),
    path("<id:pk>/control/items/<id:item_pk>/", views.go_to_item, name="go_to_item"),
    path("<id:pk>/control/screens/<slug:step>/", views.screens, name="screens"),
    path("<id:pk>/control/displays/", views_displays.displays, name="displays"),
    path("<id:pk>/displays-now/", views_displays.displays_now, name="displays_now"),
    path("<id:pk>/control/displays/preview/", views_displays.preview, name="preview"),
    path("<id:pk>/control/displays/delay/", views_displays.delay, name="delay"),
    path("<id:pk>/control/displays/<id:number>/", views_displays.look, name="look"),
    path(
        "<id:pk>/control/displays/<id:number>/<slug:step>/",
        views_displays.display_step,
        name="display_step",
    ),
    path(
        "<id:pk>/control/items/<id:item_pk>/speakers/",
        views_speakers.new_speaker,
        name="new_speaker",
    ),
    path(
        "<id:pk>/control/speakers/<id:speaker_pk>/<slug:step>/",
        views_speakers.speaker,
        name="speaker",
    ),
    path(
        "<id:pk>/control/members/<id:deputy_pk>/<slug:step>/",
        views_speakers.member,
        name="member",
    ),
    path("<id:pk>/control/roll-calls/", views_rollcalls.new_roll_call, name="new_roll_call"),
    path(f"{_ROLL_CALL}/votes/", views_votes.several, name="several_votes"),
    path(f"{_ROLL_CALL}/votes/<id:deputy_pk>/arrival/", views_votes.arrival, name="arrival"),
    path(f"{_ROLL_CALL}/votes/<id:deputy_pk>/replace/", views_votes.replace, name="replace_vote"),
    path(f"{_ROLL_CALL}/annul/", views_votes.annul, name="annul"),
    path("<id:pk>/control/claims/", views_votes.all_claims, name="all_claims"),
    path("<id:pk>/control/claims/<id:claim_pk>/<slug:step>/", views_votes.claim, name="claim"),
    path(f"{_ROLL_CALL}/votes/<id:deputy_pk>/", views_rollcalls.vote, name="vote"),
    path(f"{_ROLL_CALL}/<slug:step>/", views_rollcalls.roll_call, name="roll_call"),
    path("<id:pk>/control/hands/", hall.new_show, name="new_show"),
    path("<id:pk>/control/hands/<id:show_pk>/count/", hall.count_hands, name="count_hands"),
    path("<id:pk>/control/hands/<id:show_pk>/close/", hall.close_show, name="close_show"),
    path("<id:pk>/control/polls/", views_polls.new_poll, name="new_poll"),
    path("<id:pk>/control/polls/<id:poll_pk>/close/", views_polls.close_poll, name="close_poll"),
    path("<id:pk>/control/questions/", views_questions.questions, name="questions"),
    path(f"{_QUESTION}/hide/", views_questions.hide, name="hide"),
    path(f"{_QUESTION}/merge/", views_questions.merge, name="merge"),
    path(f"{_QUESTION}/<slug:step>/", views_questions.question, name="question"),
]
