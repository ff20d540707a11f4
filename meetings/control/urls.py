"""URLs of running a meeting, under /meetings/<pk>/control/."""

from django.urls import path

from meetings.amendments import views as amendments
from meetings.conflicts import views as conflicts
from meetings.control import (
    views,
    views_bundle,
    views_displays,
    views_file,
    views_grid,
    views_polls,
    views_questions,
    views_rollcalls,
    views_speakers,
    views_votes,
)
from meetings.hall import views_control as hall
from meetings.paper_ballots.views import new_ballot
from meetings.pauses import views as pauses
from meetings.stopped import views as stopped
from meetings.undoing import views as undoing

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
    path("<id:pk>/control/pause/", pauses.begin_until, name="pause_until"),
    path("<id:pk>/control/pause/<slug:kind>/", pauses.begin, name="pause"),
    path("<id:pk>/control/resume/<slug:how>/", pauses.resume, name="resume"),
    path("<id:pk>/control/repeat/", pauses.repeat, name="repeat"),
    path("<id:pk>/control/undo/", undoing.undo, name="undo"),
    path("<id:pk>/control/reopen/", undoing.reopen, name="reopen"),
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
        views_grid.member,
        name="member",
    ),
    path("<id:pk>/control/members/all/", views_grid.all_come, name="all_come"),
    path("<id:pk>/control/members/numbers/", views_grid.member_numbers, name="member_numbers"),
    path("<id:pk>/control/bundle/", views_bundle.new_bundle, name="new_bundle"),
    path("<id:pk>/control/voting-file/", views_file.voting_file, name="voting_file"),
    path("<id:pk>/control/roll-calls/", views_rollcalls.new_roll_call, name="new_roll_call"),
    path(f"{_ROLL_CALL}/votes/", views_votes.several, name="several_votes"),
    path(f"{_ROLL_CALL}/votes/<id:deputy_pk>/arrival/", views_votes.arrival, name="arrival"),
    path(f"{_ROLL_CALL}/votes/<id:deputy_pk>/replace/", views_votes.replace, name="replace_vote"),
    path(f"{_ROLL_CALL}/annul/", views_votes.annul, name="annul"),
    path("<id:pk>/control/claims/", views_votes.all_claims, name="all_claims"),
    path("<id:pk>/control/claims/<id:claim_pk>/<slug:step>/", views_votes.claim, name="claim"),
    path(f"{_ROLL_CALL}/votes/<id:deputy_pk>/", views_grid.vote, name="vote"),
    path(f"{_ROLL_CALL}/votes/rest/", views_grid.rest, name="rest"),
    path(f"{_ROLL_CALL}/votes/numbers/", views_grid.vote_numbers, name="vote_numbers"),
    path(f"{_ROLL_CALL}/<slug:step>/", views_rollcalls.roll_call, name="roll_call"),
    path(
        "<id:pk>/control/items/<id:item_pk>/amendments/",
        amendments.run_amendments,
        name="amendments",
    ),
    path(
        "<id:pk>/control/items/<id:item_pk>/amendments/compose/",
        amendments.compose,
        name="compose",
    ),
    path(
        "<id:pk>/control/items/<id:item_pk>/amendments/text/",
        amendments.adopted_text,
        name="adopted_text",
    ),
    path(
        "<id:pk>/control/amendments/<id:amendment_pk>/<slug:step>/",
        amendments.amendment_step,
        name="amendment_step",
    ),
    path("<id:pk>/control/stops/", stopped.new_stop, name="new_stop"),
    path("<id:pk>/control/stops/<id:stop_pk>/vote/", stopped.vote_again, name="vote_again"),
    path("<id:pk>/control/conflicts/", conflicts.enter, name="new_conflict"),
    path(
        "<id:pk>/control/conflicts/<id:conflict_pk>/",
        conflicts.withdraw,
        name="withdraw_conflict",
    ),
    path("<id:pk>/control/paper-ballots/", new_ballot, name="new_paper_ballot"),
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
