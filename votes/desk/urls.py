"""URLs of the officers' pages about polls, under /desk/polls/."""

from django.urls import path

from votes.desk import views
from votes.electorate import views_desk as electorate_views
from votes.keepers import views_desk as keepers_views
from votes.paper import views_desk as paper_views
from votes.questions import views_desk as questions_views

app_name = "votes_desk"

urlpatterns = [
    path("", views.poll_list, name="list"),
    path("new/", views.poll_new, name="new"),
    path("quick/", views.quick, name="quick"),
    path("<id:pk>/", views.poll_detail, name="detail"),
    path("<id:pk>/hall/", views.hall, name="hall"),
    path("<id:pk>/close/", views.close, name="close"),
    path("<id:pk>/edit/", views.poll_edit, name="edit"),
    path("<id:pk>/schedule/", views.schedule, name="schedule"),
    path("<id:pk>/publish/", views.publish, name="publish"),
    path("<id:pk>/discard/", views.discard, name="discard"),
    path("<id:pk>/extend/", views.extend, name="extend"),
    path("<id:pk>/cancel/", views.cancel, name="cancel"),
    path("<id:pk>/questions/<id:question_pk>/", questions_views.question, name="question"),
    path(
        "<id:pk>/questions/<id:question_pk>/move/",
        questions_views.question_move,
        name="question_move",
    ),
    path(
        "<id:pk>/questions/<id:question_pk>/delete/",
        questions_views.question_delete,
        name="question_delete",
    ),
    path("<id:pk>/options/<id:option_pk>/", questions_views.option_picture, name="picture"),
    path(
        "<id:pk>/options/<id:option_pk>/location/",
        questions_views.option_location,
        name="location",
    ),
    path("<id:pk>/keepers/", keepers_views.keepers, name="keepers"),
    path("<id:pk>/keepers/<id:keeper_pk>/try/", keepers_views.keeper_try, name="keeper_try"),
    path(
        "<id:pk>/keepers/<id:keeper_pk>/delete/", keepers_views.keeper_remove, name="keeper_remove"
    ),
    path("<id:pk>/opening/", keepers_views.opening, name="opening"),
    path("<id:pk>/unopened/", keepers_views.publish_unopened, name="unopened"),
    path("<id:pk>/list/", electorate_views.people, name="people"),
    path("<id:pk>/list/file/", electorate_views.people_csv, name="people_csv"),
    path("<id:pk>/list/empty/", electorate_views.uninvite_all, name="uninvite_all"),
    path("<id:pk>/list/codes/", electorate_views.print_codes, name="print_codes"),
    path("<id:pk>/list/codes/void/", electorate_views.void_codes, name="void_codes"),
    path("<id:pk>/list/<id:line_pk>/delete/", electorate_views.uninvite, name="uninvite"),
    path("<id:pk>/list/<id:line_pk>/print/", electorate_views.print_again, name="print_again"),
    path("<id:pk>/list/<id:line_pk>/sheet/", electorate_views.hand_sheet, name="hand_sheet"),
    path("<id:pk>/sheets/", paper_views.sheets, name="sheets"),
    path("<id:pk>/sheets/print/", paper_views.print_sheets, name="print_sheets"),
    path("<id:pk>/sheets/<id:sheet_pk>/", paper_views.sheet, name="sheet"),
    path("<id:pk>/sheets/<id:sheet_pk>/delete/", paper_views.withdraw, name="sheet_delete"),
]
