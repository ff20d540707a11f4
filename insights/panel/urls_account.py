"""URLs of one's own part in panels, under /account/panel/."""

from django.urls import path

from insights.panel import views_account

app_name = "panel_account"

urlpatterns = [path("", views_account.consent, name="consent")]
