"""URLs of the audit log's search, under /desk/audit/."""

from django.urls import path

from portal.audit import views

app_name = "audit_desk"

urlpatterns = [
    path("", views.log, name="log"),
    path("audit.csv", views.download, name="download"),
]
