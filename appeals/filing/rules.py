"""Rules of what is filed: whole as the law asks (393/96-ВР arts 5, 7; 2939-VI art. 19)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import act
from appeals.models import Appeal
from appeals.rules import Involved, register
from core.domain.rules import ALLOWED, Verdict, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody

#: What the office registers for somebody else; a person may sign such a letter with nothing.
ON_PAPER = frozenset({Appeal.Via.LETTER, Appeal.Via.TELEPHONE, Appeal.Via.VISIT})
MOST_FILES = 5
MOST_PEOPLE = 100_000


def file(
    user: Anybody, appeal: Appeal, *, involved: Involved, now: datetime, files: int = 0
) -> Verdict:
    """Send one by the form, with an account or without; the office registers what came on paper.

    ``appeal`` is not stored yet; ``params["field"]`` names what is missing first.
    """
    if appeal.via in ON_PAPER:
        return (
            register(user, involved)
            and refuse_unless(
                appeal.received_at <= now,
                "appeal.received_later",
                _("It cannot have been received later than now."),
                field="received_at",
            )
            and refuse_unless(
                not appeal.organisation_code or appeal.organisation_name.strip(),
                "appeal.organisation_missing",
                _("Name the organisation of this code."),
                field="organisation_name",
            )
            and _check_words(appeal, files)
        )
    signed_in = act(user) if user.is_authenticated else ALLOWED
    by_mandate = refuse_unless(
        not appeal.organisation_name and not appeal.organisation_code,
        "appeal.organisation_by_mandate",
        _("In the name of an organisation writes who has its mandate."),
    )
    return signed_in and by_mandate and _check_words(appeal, files) and _check_signature(appeal)


def _check_words(appeal: Appeal, files: int) -> Verdict:
    return (
        refuse_unless(
            appeal.kind in Appeal.Kind.values,
            "appeal.kind_missing",
            _("Choose what you are sending."),
            field="kind",
        )
        and refuse_unless(
            appeal.subject.strip(),
            "appeal.subject_missing",
            _("Say in a few words what it is about."),
            field="subject",
        )
        and refuse_unless(
            appeal.text.strip(),
            "appeal.text_missing",
            _("Say what you propose, ask for or complain about."),
            field="text",
        )
        and refuse_unless(
            (2 <= appeal.people <= MOST_PEOPLE) if appeal.is_collective else appeal.people == 1,
            "appeal.people_missing",
            _("Say how many people sign a collective appeal: two or more."),
            field="people",
        )
        and refuse_unless(
            not appeal.house or appeal.street_id,
            "appeal.street_missing",
            _("Name the street of the house."),
            field="street",
        )
        and refuse_unless(
            appeal.kind == Appeal.Kind.COMPLAINT
            or (appeal.about_department_id is None and appeal.about_person_id is None),
            "appeal.not_a_complaint",
            _("Only a complaint is about a department or an official."),
            field="about_department",
        )
        and refuse_unless(
            files <= MOST_FILES,
            "appeal.too_many_files",
            _("Add at most %(most)d files.") % {"most": MOST_FILES},
            field="files",
        )
    )


def _check_signature(appeal: Appeal) -> Verdict:
    is_request = appeal.is_request
    return (
        refuse_unless(
            len(appeal.name.split()) >= (1 if is_request else 2),
            "appeal.name_missing",
            _("Give your name: the law requires it.")
            if is_request
            else _("Give your last name, first name and patronymic: the law requires them."),
            field="name",
        )
        and refuse_unless(
            is_request or appeal.residence.strip(),
            "appeal.residence_missing",
            _("Say where you live: the law requires it (393/96-ВР art. 5)."),
            field="residence",
        )
        and refuse_unless(
            appeal.email or (appeal.residence.strip() if is_request else appeal.phone.strip()),
            "appeal.contact_missing",
            _("Give an e-mail or a postal address for the answer.")
            if is_request
            else _("Give an e-mail or a telephone, so that the council can reach you."),
            field="email",
        )
    )
