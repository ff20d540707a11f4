"""URLs of the desk's pages of appeals, under /desk/appeals/."""

from django.urls import path

from accounts.security.proofs import fresh_to_change, freshly_authenticated
from appeals.answers import views_desk as answers_views
from appeals.answers import views_saved
from appeals.correcting import views_desk as correcting_views
from appeals.course import views_desk as course_views
from appeals.desk import views, views_files
from appeals.exchange import views_desk as exchange_views
from appeals.letters import views as letters
from appeals.many import views as many_views
from appeals.publishing import views as published
from appeals.register import views_desk as register_views
from appeals.register import views_new
from appeals.requests import views_desk as requests_views
from appeals.together import views as together_views

app_name = "appeals_desk"

urlpatterns = [
    path("", views.appeal_list, name="list"),
    path("new/", views_new.new, name="new"),
    path("many/", many_views.many, name="many"),
    path("together/", together_views.together, name="together"),
    path("together/approve/", together_views.approve_together, name="approve_together"),
    path("together/send/", together_views.send_together, name="send_together"),
    path("journal/", register_views.journal_page, name="journal"),
    path("journal/csv/", register_views.journal_file, name="journal_csv"),
    path("journal/pdf/", register_views.journal_pdf, name="journal_pdf"),
    path("exchange/", fresh_to_change(exchange_views.exchange), name="exchange"),
    path(
        "exchange/<id:pk>/",
        freshly_authenticated(exchange_views.exchange_file),
        name="exchange_file",
    ),
    path("exchange/numbers/", exchange_views.exchange_numbers, name="exchange_numbers"),
    path("categories/", register_views.categories, name="categories"),
    path("texts/", views_saved.texts, name="texts"),
    path("texts/new/", views_saved.new_text, name="new_text"),
    path("texts/<id:pk>/", views_saved.text, name="text"),
    path("texts/<id:pk>/delete/", views_saved.delete_text, name="delete_text"),
    path("<id:pk>/", views.appeal_detail, name="detail"),
    path("<id:pk>/files/<id:file_pk>/", views_files.file, name="file"),
    path("<id:pk>/files/<id:file_pk>/pdf/", views_files.file_pdf, name="file_pdf"),
    path("<id:pk>/files/<id:file_pk>/original/", views_files.file_original, name="file_original"),
    path("<id:pk>/receipt/", views_new.receipt, name="receipt"),
    path("<id:pk>/secret/", views_new.secret, name="secret"),
    path("<id:pk>/note/", views.note, name="note"),
    path("<id:pk>/accept/", course_views.accept, name="accept"),
    path("<id:pk>/correct/", correcting_views.correct, name="correct"),
    path("<id:pk>/assign/", course_views.assign, name="assign"),
    path("<id:pk>/extend/", course_views.extend, name="extend"),
    path("<id:pk>/ask-head/", course_views.ask_head, name="ask_head"),
    path("<id:pk>/refuse/", requests_views.refuse, name="refuse"),
    path("<id:pk>/postpone/", requests_views.postpone, name="postpone"),
    path("<id:pk>/fee/", requests_views.fee, name="fee"),
    path("<id:pk>/payment/", requests_views.payment, name="payment"),
    path("<id:pk>/shorten/", course_views.shorten, name="shorten"),
    path("<id:pk>/forward/", course_views.forward, name="forward"),
    path("<id:pk>/return/", course_views.return_, name="return"),
    path("<id:pk>/leave/", course_views.leave, name="leave"),
    path("<id:pk>/move/", course_views.move, name="move"),
    path("<id:pk>/draft/", answers_views.draft, name="draft"),
    path("<id:pk>/ask/", answers_views.ask, name="ask"),
    path("<id:pk>/approve/", answers_views.approve, name="approve"),
    path("<id:pk>/send-back/", answers_views.send_back, name="send_back"),
    path("<id:pk>/send/", answers_views.send, name="send"),
    path("<id:pk>/letters/<slug:kind>/", letters.notice, name="notice"),
    path("<id:pk>/letters/answer/<id:answer_pk>/", letters.answer, name="letter"),
    path("<id:pk>/publish/<id:answer_pk>/", published.publish, name="publish"),
]
