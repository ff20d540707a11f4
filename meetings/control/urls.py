"""URLs of running a meeting, under /meetings/<pk>/control/."""

from django.urls import path

from meetings.amendments import views as amendments
from meetings.bundles import views_control as bundles_views
from meetings.conflicts import views as conflicts
from meetings.control import views
from meetings.displays import views_control as displays_views
from meetings.hall import views_control as hall
from meetings.paper_ballots.views import new_ballot
from meetings.pauses import views as pauses
from meetings.presence import views_control as presence_views
from meetings.questions import views_control as questions_views
from meetings.quickpolls import views_control as quickpolls_views
from meetings.rollcalls import views_control as rollcalls_views
from meetings.rollcalls import views_votes
from meetings.speakers import views_control as speakers_views
from meetings.stopped import views as stopped
from meetings.undoing import views as undoing
from meetings.voting_file import views_control as voting_file_views

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
    path("<id:pk>/control/displays/", displays_views.displays, name="displays"),
    path("<id:pk>/displays-now/", displays_views.displays_now, name="displays_now"),
    path("<id:pk>/control/displays/preview/", displays_views.preview, name="preview"),
    path("<id:pk>/control/displays/delay/", displays_views.delay, name="delay"),
    path("<id:pk>/control/displays/<id:number>/", displays_views.look, name="look"),
    path(
        "<id:pk>/control/displays/<id:number>/<slug:step>/",
        displays_views.display_step,
        name="display_step",
    ),
    path(
        "<id:pk>/control/items/<id:item_pk>/speakers/",
        speakers_views.new_speaker,
        name="new_speaker",
    ),
    path(
        "<id:pk>/control/speakers/<id:speaker_pk>/<slug:step>/",
        speakers_views.speaker,
        name="speaker",
    ),
    path(
        "<id:pk>/control/members/<id:deputy_pk>/<slug:step>/",
        presence_views.member,
        name="member",
    ),
    path("<id:pk>/control/members/all/", presence_views.all_come, name="all_come"),
    path("<id:pk>/control/members/numbers/", presence_views.member_numbers, name="member_numbers"),
    path("<id:pk>/control/bundle/", bundles_views.new_bundle, name="new_bundle"),
    path("<id:pk>/control/voting-file/", voting_file_views.voting_file, name="voting_file"),
    path("<id:pk>/control/roll-calls/", rollcalls_views.new_roll_call, name="new_roll_call"),
    path(f"{_ROLL_CALL}/votes/", views_votes.several, name="several_votes"),
    path(f"{_ROLL_CALL}/votes/<id:deputy_pk>/arrival/", views_votes.arrival, name="arrival"),
    path(f"{_ROLL_CALL}/votes/<id:deputy_pk>/replace/", views_votes.replace, name="replace_vote"),
    path(f"{_ROLL_CALL}/annul/", views_votes.annul, name="annul"),
    path("<id:pk>/control/claims/", views_votes.all_claims, name="all_claims"),
    path("<id:pk>/control/claims/<id:claim_pk>/<slug:step>/", views_votes.claim, name="claim"),
    path(f"{_ROLL_CALL}/votes/<id:deputy_pk>/", presence_views.vote, name="vote"),
    path(f"{_ROLL_CALL}/votes/rest/", presence_views.rest, name="rest"),
    path(f"{_ROLL_CALL}/votes/numbers/", presence_views.vote_numbers, name="vote_numbers"),
    path(f"{_ROLL_CALL}/<slug:step>/", rollcalls_views.roll_call, name="roll_call"),
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
    path("<id:pk>/control/polls/", quickpolls_views.new_poll, name="new_poll"),
    path(
        "<id:pk>/control/polls/<id:poll_pk>/close/", quickpolls_views.close_poll, name="close_poll"
    ),
    path("<id:pk>/control/questions/", questions_views.questions, name="questions"),
    path(f"{_QUESTION}/hide/", questions_views.hide, name="hide"),
    path(f"{_QUESTION}/merge/", questions_views.merge, name="merge"),
    path(f"{_QUESTION}/<slug:step>/", questions_views.question, name="question"),
]
