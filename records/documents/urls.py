"""URLs of the public register of documents, under /records/."""

from django.urls import path

from records.documents import views

app_name = "documents"

urlpatterns = [
    path("", views.document_list, name="list"),
    path("feed.atom", views.feed, name="feed"),
    path("<id:pk>/", views.document_detail, name="detail"),
]
