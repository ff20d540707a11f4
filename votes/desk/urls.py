"""URLs of the officers' pages about polls, under /desk/polls/."""

from django.urls import path

from votes.desk import views, views_keepers, views_list, views_paper, views_questions

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
    path("<id:pk>/questions/<id:question_pk>/", views_questions.question, name="question"),
    path(
        "<id:pk>/questions/<id:question_pk>/move/",
        views_questions.question_move,
        name="question_move",
    ),
    path(
        "<id:pk>/questions/<id:question_pk>/delete/",
        views_questions.question_delete,
        name="question_delete",
    ),
    path("<id:pk>/options/<id:option_pk>/", views_questions.option_picture, name="picture"),
    path(
        "<id:pk>/options/<id:option_pk>/location/",
        views_questions.option_location,
        name="location",
    ),
    path("<id:pk>/keepers/", views_keepers.keepers, name="keepers"),
    path("<id:pk>/keepers/<id:keeper_pk>/try/", views_keepers.keeper_try, name="keeper_try"),
    path(
        "<id:pk>/keepers/<id:keeper_pk>/delete/", views_keepers.keeper_remove, name="keeper_remove"
    ),
    path("<id:pk>/opening/", views_keepers.opening, name="opening"),
    path("<id:pk>/unopened/", views_keepers.unopened, name="unopened"),
    path("<id:pk>/list/", views_list.people, name="people"),
    path("<id:pk>/list/file/", views_list.people_csv, name="people_csv"),
    path("<id:pk>/list/empty/", views_list.uninvite_all, name="uninvite_all"),
    path("<id:pk>/list/codes/", views_list.print_codes, name="print_codes"),
    path("<id:pk>/list/codes/void/", views_list.void_codes, name="void_codes"),
    path("<id:pk>/list/<id:line_pk>/delete/", views_list.uninvite, name="uninvite"),
    path("<id:pk>/list/<id:line_pk>/print/", views_list.print_again, name="print_again"),
    path("<id:pk>/list/<id:line_pk>/sheet/", views_list.hand_sheet, name="hand_sheet"),
    path("<id:pk>/sheets/", views_paper.sheets, name="sheets"),
    path("<id:pk>/sheets/print/", views_paper.print_sheets, name="print_sheets"),
    path("<id:pk>/sheets/<id:sheet_pk>/", views_paper.sheet, name="sheet"),
    path("<id:pk>/sheets/<id:sheet_pk>/delete/", views_paper.withdraw, name="sheet_delete"),
]
