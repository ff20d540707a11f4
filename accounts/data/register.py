"""The register of personal data (law 2297-VI arts 6, 8, 12, 15).

Every app says in its ``personal_data.py``, imported by ``AppConfig.ready()``, for each of its
models:

* ``register(PersonalData(…))`` – rows about a person: whose they are, what of them the person
  gets in the download, and what becomes of them when they erase their account;
* ``staff_references(Model, "hidden_by", …)`` – keys that say who of the council did something;
* ``register_retention(Retention(…))`` – which of them have been kept for long enough;
* ``impersonal(Model, why=…)`` – nothing of anybody's, with the reason.

A model that stands in none of them, or a key to User that is in neither of the first two, fails
tests/architecture/test_privacy.py. The download (data/export.py), the erasure (data/actions.py),
the person's page and ``manage.py privacy_register`` all read this register and nothing else.

The order of entries is written, not that of imports: apps as in ``accounts.locks.LOCK_ORDER``, the
models of one app as they stand in the one call of ``register`` that enters them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.locks import LOCK_ORDER, require_listed
from accounts.models import User
from core.domain.actions import action
from core.domain.rules import Verdict

type Words = str | Promise
type Row = dict[str, Any]


class Purpose(Enum):
    """Why the city holds it: ``(title, legal ground, recipients)``."""

    ACCOUNT = (
        _("Your account and how you sign in"),
        _("your consent, law 2297-VI art. 11(1)(1)"),
        _("you; the staff of the council who register and help people"),
    )
    IDENTITY = (
        _("Who you are, as far as somebody checked it"),
        _("your consent, law 2297-VI art. 11(1)(1)"),
        _("you; the officers who check documents"),
    )
    RESIDENCE = (
        _("Where you live"),
        _("your consent, law 2297-VI art. 11(1)(1)"),
        _("you; the officers who check documents and send letters"),
    )
    PARTICIPATION = (
        _("What you said, and what you supported"),
        _("the council’s duties, laws 280/97-ВР and 3841-IX; law 2297-VI art. 11(1)(5)"),
        _("everybody, under the public name that you chose"),
    )
    DECLARATIONS = (
        _("Your full name and contact, where a procedure asks for them"),
        _("the council’s duties, law 3841-IX arts 15, 19; law 2297-VI art. 11(1)(5)"),
        _(
            "everybody your full name, where your proposal or the report is published; officers "
            "of the consultation alone your contact"
        ),
    )
    MEETINGS = (
        _("Meetings to which you come"),
        _("your consent, law 2297-VI arts 7(2)(1), 11(1)(1)"),
        _("you; those who run the meeting"),
    )
    APPEALS = (
        _("Your appeals and requests for information"),
        _("the council’s duties, laws 393/96-ВР and 2939-VI; law 2297-VI art. 11(1)(5)"),
        _("you; the office that registers appeals; the departments that consider yours"),
    )
    ORGANISATIONS = (
        _("Organisations that you act for"),
        _("your consent, law 2297-VI art. 11(1)(1)"),
        _("everybody reads the organisation’s entry; its people and officers of the city the rest"),
    )
    DUTIES = (
        _("What you do for the council"),
        _("the council’s duties, law 2493-III; law 2297-VI art. 11(1)(5)"),
        _("administrators; your office and role also those whose data you looked at"),
    )
    PRESS = (
        _("Your accreditation as a journalist"),
        _("your consent, law 2297-VI art. 11(1)(1)"),
        _("you; the officers who work with the press"),
    )
    PANELS = (
        _("Panels for which you may be drawn by lot"),
        _("your consent, law 2297-VI art. 11(1)(1)"),
        _("you; nobody reads who was drawn, or what you answered"),
    )
    MAILS = (
        _("Mails to you"),
        _("your consent, law 2297-VI art. 11(1)(1)"),
        _("you"),
    )
    PROTECTION = (
        _("Protection of accounts, and the trace of what happened"),
        _("protection of the data themselves, law 2297-VI arts 11(1)(5), 24"),
        _("you; administrators"),
    )

    @property
    def title(self) -> Words:
        return self.value[0]

    @property
    def ground(self) -> Words:
        return self.value[1]

    @property
    def recipients(self) -> Words:
        return self.value[2]


class OnErasure(Enum):
    """Treatment of the rows when the person erases their account."""

    DELETED = _("deleted")
    EMPTIED = _("kept without what would say who it was")
    KEPT = _("kept as it is")


@dataclass(frozen=True, kw_only=True)
class Files:
    """The file of a row; name and size are among ``shown``, a size of None says that it has none.

    Its bytes stand in the column ``content``; where they are elsewhere, ``read`` gets the row's key
    and gives them in pieces, none for a file that is gone.
    """

    name: str = "name"
    size: str = "size"
    content: str = "content"
    read: Callable[[int], Iterator[bytes]] | None = None


@dataclass(frozen=True, kw_only=True)
class PersonalData:
    """The rows of a model that are about one person.

    ``whose``: the keys (or paths of keys) that lead from a row to the person; ``find`` instead,
    where none does. ``shown``: field or path -> its title in the download, with the row's ``id`` in
    front; whatever is left out is a secret (the hash of a password) or says nothing of them.
    ``change`` turns what was read of a row into what they get of it.

    ``on_erasure`` DELETED deletes the rows, EMPTIED writes ``emptied`` (column -> value) over them,
    KEPT leaves them; ``erase`` does what is more than that, in the transaction of the erasure,
    before that. ``kept_because`` names the law by which rows outlive the account (all but
    DELETED need it). ``period`` is a key of settings.RETENTION, "" for as long as the account;
    ``after_end``: it begins when the thing has ended, be it a check, a token or the account.
    """

    model: type[models.Model]
    purpose: Purpose
    title: Words
    shown: Mapping[str, Words]
    whose: tuple[str, ...] = ("user",)
    find: Callable[[User], QuerySet[Any]] | None = None
    change: Callable[[Row], Row] | None = None
    #: More than the columns: name in ``shown`` -> expression.
    beside: Mapping[str, Any] = field(default_factory=dict)
    #: How people read a value that does not say it itself, on the page of the download; "": not.
    said: Mapping[str, Callable[[Any], Words]] = field(default_factory=dict)
    #: What the page leaves to the file for programs: numbers of other rows.
    for_programs: Collection[str] = ()
    #: Moments from which something counts no more: people read the last day on which it does.
    last_days: Collection[str] = ()
    #: Who sees it, where these are others than the purpose says.
    recipients: Words = ""
    #: Each row is a file, which the download has beside its pages.
    files: Files | None = None
    #: False where the key of a row is itself a secret.
    numbered: bool = True
    on_erasure: OnErasure = OnErasure.DELETED
    emptied: Mapping[str, Any] = field(default_factory=dict)
    erase: Callable[[User], None] | None = None
    kept_because: Words = ""
    #: A row counts in a result as one person's: their key outlives their account with it, and
    #: whoever is recognised by it takes the row over (accounts.identity.events.PersonRecognised).
    counts: bool = False
    period: str = ""
    after_end: bool = False
    #: How long, in words, where no period of settings.RETENTION says it.
    kept_until: Words = ""
    #: What of the rows that outlive the account says who it was, in words; "": nothing does.
    named_by: Words = ""
    #: Until when it does, in words; ``%(period)s`` is the period, or ``named_period`` of its own.
    named_until: Words = ""
    named_period: str = ""
    #: Which rows do; None: all of them.
    named_rows: Q | None = None

    def __post_init__(self) -> None:
        if self.on_erasure is not OnErasure.DELETED and not self.kept_because:
            raise ValueError(f"{self.model}: what is kept needs the law by which it is")
        if self.files and not {self.files.name, self.files.size} <= set(self.shown):
            raise ValueError(f"{self.model}: a file is shown with its name and size")
        if bool(self.emptied) > (self.on_erasure is OnErasure.EMPTIED):
            raise ValueError(f"{self.model}: only EMPTIED goes with columns that are emptied")
        if bool(self.named_by) > (bool(self.kept_because) and bool(self.named_until)):
            raise ValueError(f"{self.model}: a name that is kept needs the law and the term")
        if self.on_erasure is OnErasure.EMPTIED and not (self.emptied or self.erase):
            raise ValueError(f"{self.model}: EMPTIED needs what empties it")

    @property
    def name(self) -> str:
        """Name in the download: «discussions.comment»."""
        return self.model._meta.label_lower

    def rows(self, user: User) -> QuerySet[Any]:
        """The person's rows, in a steady order."""
        if self.find is not None:
            return self.find(user).order_by("pk")
        mine = reduce(or_, (Q(**{path: user.pk}) for path in self.whose))
        return self.model._base_manager.filter(mine).order_by("pk")

    def rows_with_name(self, user: User) -> QuerySet[Any]:
        """Those of the person's rows that say who they were when the account is erased."""
        rows = self.rows(user)
        if not self.named_by:
            return rows.none()
        return rows if self.named_rows is None else rows.filter(self.named_rows)

    def rows_without_name(self, user: User) -> QuerySet[Any]:
        """Those that outlive the account and do not."""
        rows = self.rows(user)
        if self.on_erasure is OnErasure.DELETED or (self.named_by and self.named_rows is None):
            return rows.none()
        return rows.exclude(self.named_rows) if self.named_rows is not None else rows

    def collect(self, user: User, *, at_once: int = 500) -> Iterator[Row]:
        """Each row as plain values by field; ``at_once`` of them in memory (one query)."""
        rows = self.rows(user).annotate(**self.beside).values("pk", *self.shown)
        for row in rows.iterator(chunk_size=at_once):
            number = row.pop("pk")
            shown = self.change(row) if self.change else row
            yield {"id": number, **shown} if self.numbered else shown

    def forget(self, user: User) -> None:
        """Do to the person's rows what the erasure of their account does."""
        if self.erase is not None:
            self.erase(user)
        if self.on_erasure is OnErasure.DELETED:
            self.rows(user).order_by().delete()
        elif self.emptied:
            self.rows(user).order_by().update(**self.emptied)


@dataclass(frozen=True, kw_only=True)
class Retention:
    """Rows that have been kept for long enough: a job deletes them, or empties columns of theirs.

    ``period`` is a key of settings.RETENTION; ``stale`` gets the moment that lies so long ago, and
    says which rows. ``emptied`` (column -> value): only that of them goes; ``stale`` must then
    leave out what is empty already. ``tells`` gets the keys of the rows in the same transaction,
    before they go: what shows them is made anew.
    """

    model: type[models.Model]
    period: str
    stale: Callable[[datetime], Q]
    emptied: Mapping[str, Any] = field(default_factory=dict)
    tells: Callable[[list[Any]], None] | None = None

    def run(self, before: datetime, *, most: int) -> int:
        """Do it to at most ``most`` rows, the oldest first; returns to how many."""
        rows = self.model._base_manager.all()
        stale = rows.filter(self.stale(before)).order_by("pk").values("pk")[:most]
        if self.tells is None:
            return self._carry_out(list(stale.values_list("pk", flat=True)))
        with action():
            keys = list(stale.values_list("pk", flat=True))
            if keys:
                self.tells(keys)
            return self._carry_out(keys)

    def _carry_out(self, keys: list[Any]) -> int:
        found = self.model._base_manager.filter(pk__in=keys)
        if self.emptied:
            return found.update(**self.emptied)
        return found.delete()[1].get(self.model._meta.label, 0)


_entries: dict[str, tuple[PersonalData, ...]] = {}  # by the label of the model's app
_staff_references: dict[tuple[type[models.Model], str], Words] = {}
_impersonal: dict[type[models.Model], str] = {}
retentions: list[Retention] = []
#: Rules that may refuse an erasure, with how to get past it.
erasure_blockers: list[Callable[[User], Verdict]] = []
#: Tables without a model of their own -> what happens there to people’s data.
tables: dict[str, str] = {}


def register(*given: PersonalData) -> None:
    """Enter rows about people into the register: all of an app in one call, first the models to
    which others point."""
    by_app: dict[str, list[PersonalData]] = {}
    for entry in given:
        by_app.setdefault(entry.model._meta.app_label, []).append(entry)
    for label, entries in by_app.items():
        require_listed(label)
        if label in _entries:
            raise ImproperlyConfigured(f"{label} has its entries already: add these to that call")
        _entries[label] = tuple(entries)


def staff_references(model: type[models.Model], *keys: str, why: Words = "") -> None:
    """Enter keys that say who of the council (or of an organisation) did something.

    Such a deed belongs to the record of what was done and stays with it; of somebody who erased
    their account it shows no name any more. ``why``: when it is another reason than that.
    """
    for key in keys:
        model._meta.get_field(key)
        _staff_references[model, key] = why or _("the record of an official act")


def blocks_erasure(rule: Callable[[User], Verdict]) -> Callable[[User], Verdict]:
    """Let a rule of an upper app refuse that somebody erases their account (a decorator)."""
    erasure_blockers.append(rule)
    return rule


def impersonal(*given: type[models.Model], why: str) -> None:
    """Enter models that hold nothing about people, with the reason."""
    for model in given:
        _impersonal[model] = why


def register_retention(*given: Retention) -> None:
    """Enter what a job deletes or empties when its period is over."""
    retentions.extend(given)


def all_entries() -> list[PersonalData]:
    """All entries, the lower apps first: what others point to comes before them."""
    return [entry for label in reversed(LOCK_ORDER) for entry in _entries.get(label, ())]


def in_order_of_erasure() -> list[PersonalData]:
    """All entries, the upper apps first: what points to others goes before them."""
    return all_entries()[::-1]


def is_entered(model: type[models.Model]) -> bool:
    """Whether the register says anything of the model."""
    return (
        any(model is entry.model for entry in all_entries())
        or model in _impersonal
        or any(model is owner for owner, _key in _staff_references)
    )


def covers(model: type[models.Model], key: str) -> bool:
    """Whether the register says what a row's key to a person means."""
    return (model, key) in _staff_references or any(
        model is entry.model and key in (path.split("__")[0] for path in entry.whose)
        for entry in all_entries()
    )
