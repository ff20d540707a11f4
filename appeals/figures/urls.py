"""URLs of the public figures of appeals, under /appeals/."""

from django.urls import path

from appeals.figures import views

app_name = "appeals_figures"

urlpatterns = [path("figures/", views.figures, name="figures")]
