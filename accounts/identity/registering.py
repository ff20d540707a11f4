"""Makes our providers known to allauth, and what merges accounts to the events."""

from importlib import import_module

from allauth.socialaccount.providers import registry

from accounts.identity.idgov.provider import IdGov
from accounts.identity.openid import OpenID

for provider in (OpenID, IdGov):
    registry.register(provider)

import_module("accounts.identity.joining")
