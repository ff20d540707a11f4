"""URLs of the public pages of the audit log, under /ledger/."""

from django.urls import path

from portal.audit import views_heads
from portal.audit import views_public as views

app_name = "audit"

urlpatterns = [
    path("audit/", views.chain, name="chain"),
    path("audit/links.jsonl", views.links_download, name="links"),
    path("audit/links/<id:pk>.json", views.link_download, name="link"),
    path("audit/feed.atom", views_heads.feed, name="feed"),
    path("audit/heads/<day:day>/", views_heads.head, name="head"),
    path("audit/heads/<day:day>.txt", views_heads.head_file, name="head_file"),
    path("audit/anchors/<id:pk>/", views_heads.anchor, name="anchor"),
    path("audit/anchors/<id:pk>/request/", views_heads.anchor_request, name="anchor_request"),
    path("receipt/", views.receipt, name="receipt"),
]
