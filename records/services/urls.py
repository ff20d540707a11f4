"""URLs of the public pages of electronic services, under /services/."""

from django.urls import path

from records.services import views

app_name = "services"

urlpatterns = [
    path("", views.service_list, name="list"),
    path("<id:pk>/", views.service_detail, name="detail"),
]
