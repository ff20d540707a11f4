"""URLs of insights under /insights/."""

from django.urls import include, path

app_name = "insights"

urlpatterns = [
    path("", include("insights.visits.urls")),
    path("trust/", include("insights.panel.urls")),
]
