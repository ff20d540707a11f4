"""Log of access by staff to personal data that is not public; the person reads it.

A desk view that shows such data is marked and says whose it was::

    @shows_people
    def detail(request, pk):
        person = …
        record_access(request.user, person, "people.registration")

A marked view that answers without having called ``record_access`` is a mistake, and fails loudly:
what it showed would be missing from the person's journal. Nobody shown:
``record_access(request.user, [], …)``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from accounts.models import DataAccess, User
from core.domain import clock

View = Callable[..., HttpResponseBase]

#: Why somebody of the council may look at a person's data, as the person reads it.
REASONS = {
    "people.registration": _("Registering or helping you at an office"),
    "identity.check": _("Checking who you are"),
    "residence.check": _("Checking where you live"),
    "residence.letter": _("Preparing a letter with a code for you"),
    "identity.merge": _("Joining two accounts of one person"),
    "organisation.check": _("Checking an organisation that you act for"),
    "organisation.letter": _("Preparing a letter with a code for your organisation"),
    "staff.grants": _("Deciding what you do for the council"),
    "account.factors": _("Taking away second factors that you had lost"),
    "account.suspension": _("Suspending or reinstating your account"),
    "staff.load": _("Seeing how much work each officer of your department has"),
    "appeal.work": _("Working on your appeal or request for information"),
    "appeal.export": _("Carrying your appeal over to the council’s document system"),
    "petition.work": _("Checking your petition, or working on the answer to it"),
    "petition.defence": _("Looking for signatures made by machines where you signed a petition"),
    "meeting.registrations": _("Preparing a meeting for which you registered"),
    "meeting.needs": _("Preparing what you need in order to take part in a meeting"),
    "press.accreditation": _(
        "Deciding on your accreditation as a journalist, or inviting the press"
    ),
    "audit.search": _("Looking into the audit log of the site"),
    "consultation.received": _("Working on a proposal that came by letter or at a hearing"),
    "consultation.contacts": _("Reading the contact that you left with your proposal"),
    "consultation.export": _("Preparing the documents of a consultation that you took part in"),
}
#: Seconds within which looks for one reason are one row of the journal.
SLOT = 600

_told: ContextVar[bool | None] = ContextVar("looks_told", default=None)


def record_access(by: User, person: User | Iterable[User | int], why: str) -> None:
    """Keep that ``by`` of the council has seen personal data of ``person`` (one or several).

    ``why`` is a key of REASONS. One row for all looks of ten minutes for one reason, however many
    requests come at once (a constraint). One's own data are not looked at by anybody else: no row.
    Writes in the caller's transaction, outside of ``action()`` too; two statements for any number.
    """
    if why not in REASONS:
        raise ValueError(f"{why!r} is not one of accounts.data.access_log.REASONS")
    if _told.get() is not None:
        _told.set(True)
    seen = [person] if isinstance(person, User) or hasattr(person, "pk") else list(person)
    whom = sorted({one if isinstance(one, int) else one.pk for one in seen} - {by.pk})
    if not whom:
        return
    now = clock.now()
    role, department_id = office_of(by)
    DataAccess.objects.bulk_create(
        [
            DataAccess(
                user_id=user_id,
                by_id=by.pk,
                why=why,
                role=role,
                department_id=department_id,
                at=now,
                slot=int(now.timestamp()) // SLOT,
            )
            for user_id in whom
        ],
        ignore_conflicts=True,
    )


def shows_people(view: View) -> View:
    """Mark a view of the desk that shows personal data which are not public.

    It must call ``record_access`` whenever it answers 200, or RuntimeError.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        token = _told.set(False)
        try:
            response = view(request, *args, **kwargs)
            if response.status_code == 200 and not _told.get():
                raise RuntimeError(
                    f"{view.__qualname__} showed people and told the journal nothing"
                )
            return response
        finally:
            _told.reset(token)

    # A mark on the function itself: the test of the journal walks the URLconf and reads it.
    wrapper.shows_people = True  # type: ignore[attr-defined]  # ours
    return wrapper


def office_of(by: User) -> tuple[str, int | None]:
    """The role and the department in which somebody of the council acts."""
    held = by.grants_in_force
    return (held[0].role, held[0].department_id) if held else ("", None)
