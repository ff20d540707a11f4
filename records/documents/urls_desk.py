"""URLs of the desk's pages of the register of documents, under /desk/records/."""

from django.urls import path

from records.documents import views_desk, views_table

app_name = "documents_desk"

urlpatterns = [
    path("", views_desk.document_list, name="list"),
    path("new/", views_desk.new, name="new"),
    path("table/", views_table.enter_table, name="table"),
    path("<id:pk>/edit/", views_desk.edit, name="edit"),
    path("<id:pk>/remove/", views_desk.remove, name="remove"),
]
