"""URLs of the desk's pages of electronic services, under /desk/services/."""

from django.urls import path

from records.services import views_desk

app_name = "services_desk"

urlpatterns = [
    path("", views_desk.service_list, name="list"),
    path("new/", views_desk.new, name="new"),
    path("<id:pk>/", views_desk.detail, name="detail"),
    path("<id:pk>/edit/", views_desk.edit, name="edit"),
    path("<id:pk>/use/", views_desk.use, name="use"),
    path("<id:pk>/conclude/", views_desk.conclude, name="conclude"),
]
