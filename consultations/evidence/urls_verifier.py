"""URL of the verifier's page, under /verify/; its files stand without a language."""

from django.urls import path

from consultations.evidence import views_verifier as views

app_name = "verifier"

urlpatterns = [path("", views.page, name="page")]
