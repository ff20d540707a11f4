"""URLs of notes between officers, under /desk/notes/."""

from django.urls import path

from accounts.notes import views

app_name = "notes"

urlpatterns = [
    path("<slug:kind>/<id:pk>/", views.write, name="write"),
    path("<id:pk>/withdraw/", views.withdraw, name="withdraw"),
]
