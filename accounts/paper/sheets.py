"""The sheet of codes that an office hands to a person without e-mail, to be printed."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils import formats, translation
from django.utils.translation import gettext as _

from accounts.models import PaperSheet, User
from accounts.paper.letters import compile_pdf
from core.domain.calendar import last_date

PATH = "/account/paper/"


def sheet_pdf(sheet: PaperSheet, codes: Sequence[str], *, user: User) -> bytes:
    """One page: the account number, the codes in their order, what to do with them.

    ``codes`` as actions.new_sheet gave them; they are nowhere else. In Ukrainian, as letters are.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return compile_pdf(
            "sheet.typ",
            title=_("Codes for signing in"),
            name=user.get_full_name(),
            number=str(sheet.account),
            codes=list(codes),
            url=settings.SITE_URL + PATH,
            words={
                "number": _("Account number"),
                "codes": _("Codes"),
                "steps": [
                    _("Open the page named below, on any computer or telephone."),
                    _("Enter the account number and the first code that is not crossed out."),
                    _("Cross the code out: each works once."),
                ],
                "care": _(
                    "Keep the sheet like a key: whoever has it can act in your name. If it is "
                    "lost, tell us, and its codes will stop working. We never ask for a code by "
                    "telephone."
                ),
                "until": _(
                    "The codes work until %(day)s. Then, or when they are used up, the "
                    "office gives you a new sheet."
                )
                % {"day": formats.date_format(last_date(sheet.expires_at), "DATE_FORMAT")},
                "qr": _("QR code of the page’s address"),
            },
        )
