"""URLs of the audit log's search and seals, under /desk/audit/."""

from django.urls import path

from portal.audit import views, views_seals

app_name = "audit_desk"

urlpatterns = [
    path("", views.log, name="log"),
    path("audit.csv", views.download, name="download"),
    path("heads/", views_seals.heads, name="heads"),
    path("heads/<day:day>/seal/", views_seals.seal, name="seal"),
]
