"""Actions on what a department keeps for its table: saved texts, and who approves."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from city.models import Department
from consultations.dispositions import rules
from consultations.dispositions.events import (
    ApprovalSettingChanged,
    SavedTextChanged,
    SavedTextDeleted,
)
from consultations.dispositions.models import ApprovalSetting, SavedText
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import reject, require


def add_text(department: Department, *, by: User, use: str, title: str, text: str) -> SavedText:
    """Save words that the department writes often.

    Refuses by rules.keep_texts, and with ``text.title_taken``. Emits SavedTextChanged.
    """
    with action():
        require(rules.keep_texts(by, department.pk))
        made = SavedText(department=department, by=by, use=use, title=title, text=text)
        _save(made)
        created(made)
        emit(SavedTextChanged(made.pk, department.pk, by.pk))
        return made


def change_text(saved: SavedText, *, by: User, **fields: Any) -> SavedText:
    """Change a saved text (``use``, ``title``, ``text``); rows that it was put into stay.

    Refuses and emits as ``add_text``.
    """
    with action():
        fresh = locked(saved)
        require(rules.keep_texts(by, fresh.department_id))
        for name, value in fields.items():
            setattr(fresh, name, value)
        fresh.by, fresh.changed_at = by, clock.now()
        _save(fresh)
        emit(SavedTextChanged(fresh.pk, fresh.department_id, by.pk))
        return fresh


def delete_text(saved: SavedText, *, by: User) -> None:
    """Delete a saved text. Refuses by rules.keep_texts. Emits SavedTextDeleted."""
    with action():
        require(rules.keep_texts(by, saved.department_id))
        if SavedText.objects.filter(pk=saved.pk).delete()[0]:
            emit(SavedTextDeleted(saved.pk, saved.department_id, by.pk))


def set_approval(department: Department, *, by: User, needs_another_person: bool) -> None:
    """Say whether another person approves what somebody of the department decides.

    What is approved stays so. Refuses by rules.set_approval. Emits ApprovalSettingChanged.
    """
    with action():
        require(rules.set_approval(by, department.pk))
        ApprovalSetting.objects.update_or_create(
            department=department, defaults={"needs_another_person": needs_another_person}
        )
        emit(ApprovalSettingChanged(department.pk, by.pk))


def _save(text: SavedText) -> None:
    try:
        with transaction.atomic():
            text.save()
    except IntegrityError:
        reject("text.title_taken", _("There is a text of this title already."))
