"""URLs of mails, below /consultations/."""

from django.urls import path

from notifications import views

app_name = "notifications"

urlpatterns = [
    path("<id:pk>/mails/<id:user_pk>/<slug:token>/", views.unsubscribe, name="unsubscribe"),
]
