"""Radios with a sentence under each choice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise


class ExplainedRadios(forms.RadioSelect):
    """Radios with a sentence under each choice that has one in ``meanings`` (value -> sentence)."""

    def __init__(
        self, *args: Any, meanings: Mapping[str, str | Promise] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.meanings: Mapping[str, str | Promise] = meanings or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if meaning := self.meanings.get(str(value)):
            option["hint"] = meaning
            if identity := option["attrs"].get("id"):
                option["attrs"]["aria-describedby"] = f"{identity}-hint"
        return option
