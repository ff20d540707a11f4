"""URLs of panels under /insights/trust/."""

from django.urls import path

from insights.panel import views

urlpatterns = [
    path("", views.trust, name="trust"),
    path("trust.csv", views.trust_csv, name="trust_csv"),
    path("strata.csv", views.strata_csv, name="strata_csv"),
    path("surveys.csv", views.surveys_csv, name="surveys_csv"),
    path("repeat.py", views.program, name="lot_program"),
    path("<id:pk>/", views.panel, name="panel"),
    path("<id:pk>/list.csv", views.panel_list, name="panel_list"),
    path("<id:pk>/drawn.csv", views.panel_drawn, name="panel_drawn"),
    path("<id:pk>/answer/", views.answer, name="panel_answer"),
]
