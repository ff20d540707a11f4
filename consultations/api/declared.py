"""Declared data of a participant where the procedure asks for it (law 3841-IX art. 15)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from consultations.reports.models import LONGEST_CONTACT, LONGEST_NAME
from core.api.input import Input, Text, YesNo


class DeclaredIn(Input):
    """The full name and the contact; a consultation that does not ask for them leaves them out."""

    full_name = Text(
        max_length=LONGEST_NAME,
        default="",
        allow_blank=True,
        help_text=_(
            "Where `asks_full_name`: the full name, which the report publishes, and where "
            "`names_with_proposals` the page, too."
        ),
    )
    no_patronymic = YesNo(
        default=False, help_text=_("The full name has no patronymic, because they have none.")
    )
    contact = Text(
        max_length=LONGEST_CONTACT,
        default="",
        allow_blank=True,
        help_text=_("Where `asks_full_name`: an e-mail or a telephone, which is not published."),
    )
