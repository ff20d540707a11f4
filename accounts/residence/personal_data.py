"""Personal data in letters, lists of checks and sheets of codes (accounts.data.register)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.data.register import PersonalData, Purpose, register, staff_references
from accounts.models import CheckList, CheckListRow, LetterRun, ResidenceLetter
from accounts.models import PaperAccount as Account
from accounts.models import PaperSheet as Sheet

register(
    PersonalData(
        model=ResidenceLetter,
        purpose=Purpose.RESIDENCE,
        title=_("Letters with a code"),
        whose=("residence__user",),
        shown={
            "asked_at": _("asked for"),
            "run__at": _("printed"),
            "expires_at": _("works until"),
            "tries": _("tries"),
            "used_at": _("used"),
            "void_at": _("void since"),
        },
        last_days=("expires_at",),
    ),
    PersonalData(
        model=CheckListRow,
        purpose=Purpose.IDENTITY,
        title=_("Lists of checks at an office"),
        shown={
            "check_list__made_at": _("handed in"),
            "check_list__applied_at": _("applied"),
            "document": _("kind of document"),
            "identity": _("who you are"),
            "age_over": _("age of at least"),
            "district__name": _("district"),
            "basis": _("basis"),
        },
    ),
    PersonalData(
        model=Account,
        purpose=Purpose.ACCOUNT,
        title=_("Account number for signing in by codes on paper"),
        shown={"number": _("number"), "made_at": _("since")},
    ),
    PersonalData(
        model=Sheet,
        purpose=Purpose.ACCOUNT,
        title=_("Sheets of codes"),
        whose=("account__user",),
        shown={
            "made_at": _("made"),
            "expires_at": _("works until"),
            "next_place": _("codes used"),
            "void_at": _("void since"),
        },
        last_days=("expires_at",),
    ),
)
staff_references(LetterRun, "by")
staff_references(CheckList, "by", "second")
staff_references(Account, "made_by")
staff_references(Sheet, "made_by")
