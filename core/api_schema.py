"""The API's document, beside what drf-spectacular finds by itself: the scope of each operation."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.openapi import AutoSchema

from core.scopes import scope_of


class Schema(AutoSchema):
    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        operation = super().get_operation(*args, **kwargs)
        scope = scope_of(self.view, self.method)
        if operation and scope:
            needs = _("Scope of a token: `%(scope)s`.") % {"scope": scope}
            operation["description"] = f"{operation.get('description', '')} {needs}".strip()
            operation["x-scope"] = scope
        return operation
