"""The rules for petitions that a new installation starts with; the council changes them.

The terms are those of law 393/96-ВР art. 23-1; how many signatures and for how long is for the
council's charter to say, here as Kryvyi Rih's.
"""

from __future__ import annotations

from typing import Any

from django.db import models

PROCEDURE: dict[str, Any] = {
    "legal_basis": "Закон № 393/96-ВР, ст. 23-1; статут територіальної громади",
    "threshold": 1000,
    "collection": 3,
    "collection_unit": "months",
    "signers": "anyone",
    "min_age": 14,
}

GROUNDS: list[dict[str, Any]] = []


def install(procedures: models.Manager[Any], grounds: models.Manager[Any]) -> None:
    """Put in what is not there yet; what the council changed stays as it is."""
    if not procedures.exists():
        procedures.create(**PROCEDURE)
    for preset in GROUNDS:
        rest = {name: value for name, value in preset.items() if name != "code"}
        grounds.get_or_create(code=preset["code"], defaults=rest)
