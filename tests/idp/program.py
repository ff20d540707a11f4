"""Run the provider: ``python -m tests.idp.program PORT CALLBACK``, until it is stopped.

``CALLBACK`` is the address that the client may send people back to. ``/become/<name>/?next=…`` is
how a test signs in here as somebody of ``PEOPLE``.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

from tests.idp.people import CLIENT_ID, CLIENT_SECRET, PEOPLE

PORT, CALLBACK = int(sys.argv[1]), sys.argv[2]
_key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
    serialization.Encoding.PEM,
    serialization.PrivateFormat.PKCS8,
    serialization.NoEncryption(),
)
_folder = tempfile.TemporaryDirectory()

settings.configure(
    SECRET_KEY="a stranger's",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF="tests.idp.urls",
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(Path(_folder.name) / "idp.sqlite3"),
        }
    },
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "allauth",
        "allauth.account",
        "allauth.idp.oidc",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "allauth.account.middleware.AccountMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                ]
            },
        }
    ],
    SESSION_COOKIE_NAME="idp",  # cookies know no ports: the product's would be overwritten
    USE_TZ=True,
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    IDP_OIDC_PRIVATE_KEY=_key.decode(),
    IDP_OIDC_ADAPTER="tests.idp.claims.Adapter",
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
)


def populate() -> None:
    """Its tables, its people and its one client."""
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    for name, person in PEOPLE.items():
        user = get_user_model().objects.create(
            username=name, first_name=person["given_name"], last_name=person["family_name"]
        )
        EmailAddress.objects.create(
            user=user, email=person["email"], verified=person["email_verified"], primary=True
        )
    client = Client(
        id=CLIENT_ID,
        name="Viche",
        scopes="openid\nprofile\nemail",
        redirect_uris=CALLBACK,
        skip_consent=True,
    )
    client.set_secret(CLIENT_SECRET)
    client.save()


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Nothing."""


if __name__ == "__main__":
    django.setup()
    populate()
    from django.core.wsgi import get_wsgi_application

    with make_server("127.0.0.1", PORT, get_wsgi_application(), handler_class=_Quiet) as server:
        server.serve_forever()
