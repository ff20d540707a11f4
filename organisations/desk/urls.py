"""URLs of the office's pages, under /desk/organisations/."""

from django.urls import path

from organisations.desk import views

app_name = "organisations_desk"

urlpatterns = [
    path("", views.queue, name="queue"),
    path("letters/", views.print_letters, name="letters"),
    path("export/", views.export, name="export"),
    path("amendments/<id:pk>/", views.amendment, name="amendment"),
    path("<id:pk>/", views.detail, name="detail"),
    path("<id:pk>/confirm/", views.confirm, name="confirm"),
    path("<id:pk>/refuse/", views.refuse, name="refuse"),
    path("<id:pk>/head/", views.name_head, name="head"),
    path("<id:pk>/close/", views.close, name="close"),
]
