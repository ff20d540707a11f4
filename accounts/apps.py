"""The app `accounts`: people and their accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from allauth.socialaccount.providers import registry

        from accounts.identity.idgov.provider import IdGov
        from accounts.identity.openid import OpenID

        for provider in (OpenID, IdGov):
            registry.register(provider)
