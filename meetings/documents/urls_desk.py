"""URLs of documents at the desk, below the meeting's own."""

from django.urls import path

from meetings.documents import views_desk as views

urlpatterns = [
    path("documents/", views.documents, name="documents"),
    path("documents/new/", views.new_document, name="new_document"),
    path("documents/<id:document_pk>/remove/", views.remove_document, name="remove_document"),
]
