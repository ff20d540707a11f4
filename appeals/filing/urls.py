"""URLs of appeals for applicants; the desk's stand in appeals/desk/urls.py."""

from django.urls import path

from appeals.filing import views, views_find, views_own
from appeals.letters import views as letters
from appeals.publishing import views as published

app_name = "appeals"

urlpatterns = [
    path("", views.about, name="about"),
    path("new/", views.new, name="new"),
    path("mine/", views.mine, name="mine"),
    path("find/", views_find.find, name="find"),
    path("find/renew/", views_find.renew, name="renew"),
    path("find/leave/", views_find.leave, name="leave"),
    path("answers/", published.answers, name="answers"),
    path("answers/<id:pk>/", published.answer, name="answer"),
    path("<id:pk>/", views_own.detail, name="detail"),
    path("<id:pk>/letters/<slug:kind>/", letters.own_notice, name="notice"),
    path("<id:pk>/letters/answer/<id:answer_pk>/", letters.own_answer, name="letter"),
    path("<id:pk>/publication/<id:answer_pk>/", published.publication, name="publication"),
    path("<id:pk>/files/<id:file_pk>/", views_own.download, name="file"),
    path("<id:pk>/withdraw/", views_own.withdraw, name="withdraw"),
    path("<id:pk>/rate/", views_own.rate, name="rate"),
    path("<id:pk>/reopen/", views_own.reopen, name="reopen"),
    path("<id:pk>/complaint/", views_own.complaint, name="complaint"),
]
