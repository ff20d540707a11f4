"""URLs of the page of state, under /desk/state/."""

from django.urls import path

from operation.desk import views

app_name = "state_desk"

urlpatterns = [
    path("", views.state, name="state"),
    path("jobs/<id:pk>/retry/", views.retry, name="retry"),
    path("jobs/<id:pk>/dismiss/", views.dismiss, name="dismiss"),
]
