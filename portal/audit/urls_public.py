"""URLs of the public pages of the audit log, under /ledger/."""

from django.urls import path

from portal.audit import views_public as views

app_name = "audit"

urlpatterns = [
    path("audit/", views.chain, name="chain"),
    path("audit/links.jsonl", views.links_download, name="links"),
    path("audit/links/<id:pk>.json", views.link_download, name="link"),
    path("receipt/", views.receipt, name="receipt"),
]
