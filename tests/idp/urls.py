"""Its addresses: allauth's, and a way in for tests."""

from allauth.idp.urls import urlpatterns as provider
from django.contrib.auth import get_user_model, login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path


def become(request: HttpRequest, name: str) -> HttpResponse:
    """Be signed in as somebody, and go on."""
    user = get_user_model().objects.get(username=name)
    login(request, user, "django.contrib.auth.backends.ModelBackend")
    return redirect(request.GET["next"])


urlpatterns = [
    path("become/<str:name>/", become),
    path("", include((provider, "idp"))),
]
