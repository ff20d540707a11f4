"""URLs of the desk's pages of appeals, under /desk/appeals/."""

from django.urls import path

from appeals.desk import (
    views,
    views_answer,
    views_correct,
    views_course,
    views_files,
    views_new,
    views_register,
    views_requests,
    views_texts,
)
from appeals.letters import views as letters
from appeals.publishing import views as published

app_name = "appeals_desk"

urlpatterns = [
    path("", views.appeal_list, name="list"),
    path("new/", views_new.new, name="new"),
    path("journal/", views_register.journal_page, name="journal"),
    path("journal/csv/", views_register.journal_file, name="journal_csv"),
    path("journal/pdf/", views_register.journal_pdf, name="journal_pdf"),
    path("categories/", views_register.categories, name="categories"),
    path("texts/", views_texts.texts, name="texts"),
    path("texts/new/", views_texts.new_text, name="new_text"),
    path("texts/<id:pk>/", views_texts.text, name="text"),
    path("texts/<id:pk>/delete/", views_texts.delete_text, name="delete_text"),
    path("<id:pk>/", views.appeal_detail, name="detail"),
    path("<id:pk>/files/<id:file_pk>/", views_files.file, name="file"),
    path("<id:pk>/files/<id:file_pk>/pdf/", views_files.file_pdf, name="file_pdf"),
    path("<id:pk>/files/<id:file_pk>/original/", views_files.file_original, name="file_original"),
    path("<id:pk>/receipt/", views_new.receipt, name="receipt"),
    path("<id:pk>/secret/", views_new.secret, name="secret"),
    path("<id:pk>/note/", views.note, name="note"),
    path("<id:pk>/accept/", views_course.accept, name="accept"),
    path("<id:pk>/correct/", views_correct.correct, name="correct"),
    path("<id:pk>/assign/", views_course.assign, name="assign"),
    path("<id:pk>/extend/", views_course.extend, name="extend"),
    path("<id:pk>/ask-head/", views_course.ask_head, name="ask_head"),
    path("<id:pk>/refuse/", views_requests.refuse, name="refuse"),
    path("<id:pk>/postpone/", views_requests.postpone, name="postpone"),
    path("<id:pk>/fee/", views_requests.fee, name="fee"),
    path("<id:pk>/payment/", views_requests.payment, name="payment"),
    path("<id:pk>/shorten/", views_course.shorten, name="shorten"),
    path("<id:pk>/forward/", views_course.forward, name="forward"),
    path("<id:pk>/return/", views_course.return_, name="return"),
    path("<id:pk>/leave/", views_course.leave, name="leave"),
    path("<id:pk>/move/", views_course.move, name="move"),
    path("<id:pk>/draft/", views_answer.draft, name="draft"),
    path("<id:pk>/ask/", views_answer.ask, name="ask"),
    path("<id:pk>/approve/", views_answer.approve, name="approve"),
    path("<id:pk>/send/", views_answer.send, name="send"),
    path("<id:pk>/letters/<slug:kind>/", letters.notice, name="notice"),
    path("<id:pk>/letters/answer/<id:answer_pk>/", letters.answer, name="letter"),
    path("<id:pk>/publish/<id:answer_pk>/", published.publish, name="publish"),
]
