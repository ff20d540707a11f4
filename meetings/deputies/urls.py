"""URLs of the public pages of deputies."""

from django.urls import path

from meetings.deputies import views

app_name = "deputies"

urlpatterns = [
    path("", views.deputy_list, name="list"),
    path("<id:pk>/", views.deputy_detail, name="detail"),
]
