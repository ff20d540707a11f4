"""Scopes of the API: what a program may do in somebody's name, by its credential.

A view of the API names the scope of each of its methods: ``scopes = {"POST": "remarks:write"}``.
A request with a session needs none: it is the person themselves. What is public needs none either.
A credential that is a program's has ``scopes``, is ``request.auth``, and can do nothing else: a
method that writes and names no scope is no program's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from rest_framework.permissions import SAFE_METHODS, BasePermission

from core.domain.rules import Refused, refuse

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.views import APIView

CODE = "token.scope"


class InScope(BasePermission):
    """Refuses ``token.scope`` (403; ``params``: the ``scope`` that is missing)."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        granted = getattr(request.auth, "scopes", None)
        method = request.method or ""
        needed = scope_of(view, method)
        if granted is None or needed in granted or (not needed and method in SAFE_METHODS):
            return True
        message = _("This token may not do that; it needs another scope.")
        raise Refused(refuse(CODE, message, scope=needed))


def scope_of(view: Any, method: str) -> str:
    """The scope that a program needs for a method of a view; "": none, or none is enough."""
    scopes: dict[str, str] = getattr(view, "scopes", {})
    return scopes.get("GET" if method == "HEAD" else method, "")
