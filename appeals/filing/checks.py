"""Constraints of PostgreSQL on an appeal.

A condition that compares with nothing is nothing, and passes: so each says of what it compares
with that it is there.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Func, IntegerField, Q
from django.db.models.lookups import LessThanOrEqual

_EMPTIED = Q(emptied_at__isnull=False)

_ENDINGS = (
    *("returned_at", "forwarded_at", "refused_at", "moved_at", "withdrawn_at"),
    "given_back_at",
)
_NONE_OF_THEM = Q(**dict.fromkeys(_ENDINGS))


def _with_words(moment: str, column: str) -> models.CheckConstraint:
    """The moment is there exactly when the column says something."""
    return models.CheckConstraint(
        name=f"appeal_{column}_if_so",
        condition=Q(**{moment: None, column: ""})
        | Q(**{f"{moment}__isnull": False}) & ~Q(**{column: ""}),
    )


CHECKS = [
    models.CheckConstraint(
        name="appeal_says_something", condition=~Q(subject="") & ~Q(text="") | _EMPTIED
    ),
    # 393/96-ВР art. 5; who is not named by a letter remains to be left without consideration.
    models.CheckConstraint(
        name="appeal_from_somebody_somewhere",
        condition=Q(kind="request")
        | (~Q(name="") & ~Q(residence=""))
        | Q(via__in=["letter", "telephone", "visit", "petition"])
        | _EMPTIED,
    ),
    # An electronic one says where its answer goes: 393/96-ВР art. 5, 2939-VI art. 19.
    models.CheckConstraint(
        name="appeal_with_a_contact",
        condition=~Q(via__in=["page", "api"])
        | Q(author__isnull=False)
        | ~Q(email="")
        | ~Q(phone="")
        | ~Q(residence="")
        | _EMPTIED,
    ),
    models.CheckConstraint(
        name="appeal_petition_says_which",
        condition=Q(via="petition") & ~Q(origin="")
        | ~Q(via="petition") & Q(origin="", origin_path="", given_back_at=None)
        | _EMPTIED,
    ),
    models.CheckConstraint(
        name="appeal_of_several_is_collective",
        condition=Q(is_collective=False, people=1) | Q(is_collective=True, people__gte=2),
    ),
    # By the form an organisation writes by a mandate; without an account its letter names it.
    models.CheckConstraint(
        name="appeal_organisation_named_on_paper",
        condition=Q(organisation_name="", organisation_code="")
        | Q(organisation=None, via__in=["letter", "telephone", "visit"]) & ~Q(organisation_name=""),
    ),
    models.CheckConstraint(
        name="appeal_organisation_code_of_digits",
        condition=Q(organisation_code="") | Q(organisation_code__regex=r"^[0-9]{8}$"),
    ),
    models.CheckConstraint(
        name="appeal_house_on_a_street", condition=Q(house="") | Q(street__isnull=False)
    ),
    models.CheckConstraint(
        name="appeal_about_somebody_is_a_complaint",
        condition=Q(about_department=None, about_person=None) | Q(kind="complaint"),
    ),
    models.CheckConstraint(
        name="appeal_not_with_whom_it_is_about",
        condition=(
            Q(about_department=None) | Q(department=None) | ~Q(department=F("about_department"))
        )
        & (Q(about_person=None) | Q(officer=None) | ~Q(officer=F("about_person"))),
    ),
    models.CheckConstraint(
        name="appeal_next_secret_after_one",
        condition=Q(next_secret_hash=None) | Q(secret_hash__isnull=False),
    ),
    models.CheckConstraint(
        name="appeal_numbered_from_one", condition=Q(number=None) | Q(number__gte=1)
    ),
    models.CheckConstraint(
        name="appeal_accepted_by_a_department",
        condition=Q(accepted_at=None, department=None, officer=None)
        | Q(
            accepted_at__isnull=False,
            department__isnull=False,
            accepted_at__gte=F("received_at"),
        ),
    ),
    models.CheckConstraint(
        name="appeal_due_after_it_came", condition=Q(due_at__gt=F("received_at"))
    ),
    models.CheckConstraint(
        name="appeal_extended_while_considered",
        condition=Q(extended_at=None, extension_reason="")
        | Q(
            accepted_at__isnull=False,
            extended_at__isnull=False,
            extended_at__gte=F("accepted_at"),
        )
        & ~Q(extension_reason=""),
    ),
    models.CheckConstraint(
        name="appeal_postponed_while_considered",
        condition=Q(postponed_at=None, postponement_reason="")
        | Q(
            accepted_at__isnull=False,
            postponed_at__isnull=False,
            postponed_at__gte=F("accepted_at"),
        )
        & ~Q(postponement_reason=""),
    ),
    models.CheckConstraint(
        name="appeal_answered_after_it_was_accepted",
        condition=Q(answered_at=None)
        | Q(accepted_at__isnull=False, answered_at__gte=F("accepted_at")),
    ),
    models.CheckConstraint(
        name="appeal_reopened_after_an_answer",
        condition=Q(reopened_at=None, reopening_reason="")
        | Q(reopened_at__isnull=False, answered_at__isnull=False) & ~Q(reopening_reason=""),
    ),
    models.CheckConstraint(
        name="appeal_ended_once",
        condition=LessThanOrEqual(
            Func(*map(F, _ENDINGS), function="num_nonnulls", output_field=IntegerField()), 1
        ),
    ),
    # Closed by one ending or by an answer; open without any, or reopened after its answer.
    models.CheckConstraint(
        name="appeal_closed_by_its_ending",
        condition=Q(closed_at__isnull=False)
        & (~_NONE_OF_THEM | Q(answered_at__isnull=False, answered_at=F("closed_at")))
        | Q(closed_at=None)
        & _NONE_OF_THEM
        & (Q(answered_at=None) | Q(reopened_at__isnull=False, reopened_at__gte=F("answered_at"))),
    ),
    _with_words("returned_at", "returned_for"),
    _with_words("forwarded_at", "forwarded_to"),
    _with_words("refused_at", "refused_for"),
    models.CheckConstraint(
        name="appeal_ending_says_why",
        condition=Q(returned_at=None, refused_at=None) | ~Q(ending_note=""),
    ),
]
