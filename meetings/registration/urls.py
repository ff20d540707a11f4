"""URLs of registration for a meeting, below its own."""

from django.urls import path

from meetings.registration import views

urlpatterns = [
    path("register/", views.register, name="register"),
    path("register/withdraw/", views.withdraw, name="withdraw"),
]
