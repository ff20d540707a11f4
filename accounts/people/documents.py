"""The documents that everybody agrees to, each with the version in force.

A version is the day from which the text applies. Whoever changes what a text says changes its
version here too; agreements are kept with the version that the person saw.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Agreement, User


@dataclass(frozen=True, slots=True)
class Document:
    """A text of the site in one template per language: ``accounts/<name>.<language>.html``."""

    name: str
    title: str | Promise
    version: str

    @property
    def since(self) -> date:
        """The day from which it applies."""
        return date.fromisoformat(self.version)

    @property
    def template(self) -> str:
        return f"accounts/{self.name}.{'en' if get_language() == 'en' else 'uk'}.html"


TERMS = Document("terms", _("Terms of use"), "2026-12-01")
PRIVACY = Document("privacy", _("Privacy notice"), "2026-12-01")

#: What one agrees to at sign-up: kind of agreement -> version in force.
IN_FORCE: dict[str, str] = {
    Agreement.Document.TERMS: TERMS.version,
    Agreement.Document.PRIVACY: PRIVACY.version,
}


def has_changed_for(user: User) -> bool:
    """Whether the person agreed once, and to something else than what is in force (one query).

    Somebody who was made by hand (manage.py create_person) was never asked and is not now.
    """
    agreed = set(user.agreements.values_list("document", "version"))
    return bool(agreed) and not agreed.issuperset(IN_FORCE.items())
