"""URLs of secret ballots on paper, below their meeting."""

from django.urls import path

from meetings.paper_ballots import open_data, views

_BALLOT = "paper-ballots/<id:ballot_pk>"

urlpatterns = [
    path("paper-ballots.csv", open_data.data_of_meeting, {"kind": "csv"}, name="paper_ballots_csv"),
    path(
        "paper-ballots.json", open_data.data_of_meeting, {"kind": "json"}, name="paper_ballots_json"
    ),
    path(f"{_BALLOT}/", views.ballot_detail, name="paper_ballot"),
    path(f"{_BALLOT}/protocol/", views.protocol, name="paper_ballot_protocol"),
    path(f"{_BALLOT}/scan/", views.scan, name="paper_ballot_scan"),
    path(f"{_BALLOT}/cancel/", views.cancel, name="paper_ballot_cancel"),
    path(f"{_BALLOT}/<slug:step>/", views.ballot_step, name="paper_ballot_step"),
    path(
        f"{_BALLOT}/receipts/<id:deputy_pk>/<slug:step>/",
        views.mark_receipt,
        name="paper_ballot_receipt",
    ),
]
