"""URLs of one's own tokens."""

from django.urls import path

from tokens import views

app_name = "tokens"

urlpatterns = [
    path("", views.token_list, name="list"),
    path("new/", views.token_new, name="new"),
    path("<id:pk>/revoke/", views.token_revoke, name="revoke"),
]
