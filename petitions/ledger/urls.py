"""URLs of the public ledger, under /petitions/."""

from django.urls import path

from petitions.ledger import views

urlpatterns = [
    path("ledger/", views.how_to_check, name="how_to_check"),
    path("ledger/days.jsonl", views.days_download, name="ledger_days"),
    path("ledger/hours.jsonl", views.hours_download, name="ledger_hours"),
    path("<id:pk>/ledger/", views.ledger, name="ledger"),
    path("<id:pk>/ledger/lines.jsonl", views.ledger_download, name="ledger_download"),
]
