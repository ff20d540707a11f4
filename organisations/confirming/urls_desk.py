"""URLs of the office's pages, under /desk/organisations/."""

from django.urls import path

from organisations.confirming import views_desk

app_name = "organisations_desk"

urlpatterns = [
    path("", views_desk.queue, name="queue"),
    path("letters/", views_desk.print_letters, name="letters"),
    path("export/", views_desk.export, name="export"),
    path("amendments/<id:pk>/", views_desk.amendment, name="amendment"),
    path("<id:pk>/", views_desk.detail, name="detail"),
    path("<id:pk>/confirm/", views_desk.confirm, name="confirm"),
    path("<id:pk>/refuse/", views_desk.refuse, name="refuse"),
    path("<id:pk>/head/", views_desk.name_head, name="head"),
    path("<id:pk>/close/", views_desk.close, name="close"),
]
