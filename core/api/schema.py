"""OpenAPI schema: adds scopes and ``Idempotency-Key`` to what drf-spectacular finds by itself."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.openapi import AutoSchema

from core.api.scopes import scope_of
from core.web.idempotency import HEADER, LONGEST_KEY


class Schema(AutoSchema):
    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        operation = super().get_operation(*args, **kwargs)
        scope = scope_of(self.view, self.method)
        if operation and scope:
            needs = _("Scope of a token: `%(scope)s`.") % {"scope": scope}
            operation["description"] = f"{operation.get('description', '')} {needs}".strip()
            operation["x-scope"] = scope
        if operation and self.method == "POST" and getattr(self.view, "answers_again", False):
            operation.setdefault("parameters", []).append(_idempotency_key())
        return operation


def _idempotency_key() -> dict[str, Any]:
    return {
        "in": "header",
        "name": HEADER,
        "schema": {"type": "string", "pattern": "^[!-~]+$", "maxLength": LONGEST_KEY},
        "description": _(
            "Random, chosen by the program for this request. Sent again within 24 hours with the "
            "same key and body, the request is not carried out again and gets the first answer."
        ),
    }
