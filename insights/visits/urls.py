"""URLs of the page of visitors; the beacon's, one for all languages, stands in config/urls.py."""

from django.urls import path

from insights.visits import views

urlpatterns = [
    path("visits/", views.visitors, name="visits"),
    path("visits/<int:year>/<int:month>/", views.visitors, name="visits_month"),
    path("visits/<int:year>/<int:month>/visitors.csv", views.visitors_csv, name="visits_csv"),
]
