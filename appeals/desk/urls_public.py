"""URLs of the public figures of appeals, under /appeals/."""

from django.urls import path

from appeals.desk import views_figures

app_name = "appeals_figures"

urlpatterns = [path("figures/", views_figures.figures, name="figures")]
