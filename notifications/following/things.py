"""Things that can be followed: how each kind is found where it is public, and what it is called."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from appeals.models import Appeal
from city.models import District, Street, Theme
from consultations.models import Consultation
from meetings.models import Deputy, Meeting
from notifications.models import Kind
from organisations.models import Organisation
from petitions.models import Petition
from votes.models import Poll

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

#: What each kind is called where all of it is meant.
KINDS: Mapping[Kind, _StrPromise] = {
    Kind.THEME: gettext_lazy("Themes"),
    Kind.DISTRICT: gettext_lazy("Districts"),
    Kind.STREET: gettext_lazy("Streets"),
    Kind.CONSULTATION: gettext_lazy("Consultations"),
    Kind.PETITION: gettext_lazy("Petitions"),
    Kind.POLL: gettext_lazy("Polls"),
    Kind.MEETING: gettext_lazy("Meetings"),
    Kind.ORGANISATION: gettext_lazy("Organisations"),
    Kind.DEPUTY: gettext_lazy("Deputies"),
    Kind.APPEAL: gettext_lazy("My appeals"),
}


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be followed, as a page and a mail name it. ``url``: its path, or ""."""

    kind: Kind
    pk: int
    title: str
    url: str
    #: Whether the title is the council's or people's words, which are Ukrainian.
    is_quoted: bool = True

    @property
    def topic(self) -> str:
        return f"{self.kind.value}:{self.pk}"


def load_thing(kind: str, pk: int, user: User | None) -> Thing | None:
    """The thing, if everybody may read of it, or it is the ``user``'s own appeal; else None."""
    return load_things({kind: [pk]}, user).get(f"{kind}:{pk}")


def load_things(wanted: Mapping[str, Collection[int]], user: User | None) -> dict[str, Thing]:
    """Things by their topics, as ``load_thing``; one query a kind. What is hidden is left out."""
    found: dict[str, Thing] = {}
    for kind in Kind:
        if pks := wanted.get(kind):
            for row in _PUBLIC[kind](user).filter(pk__in=pks):
                thing = _show(kind, row)
                found[thing.topic] = thing
    return found


def _show(kind: Kind, row: Any) -> Thing:
    title = row.title if hasattr(row, "title") else str(row)
    match kind:
        case Kind.THEME:
            url = f"{reverse('consultations:list')}?theme={row.slug}"
        case Kind.DISTRICT:
            url = f"{reverse('petitions:list')}?district={row.slug}"
        case Kind.STREET:
            url = ""
        case Kind.ORGANISATION:
            title = row.short_name
            url = reverse("portal:organisation", args=[row.pk])
        case Kind.DEPUTY:
            title, url = row.name, row.get_absolute_url()
        case Kind.APPEAL:
            title = _("appeal %(number)s") % {"number": row.label}
            url = row.get_absolute_url()
        case _:
            url = row.get_absolute_url()
    return Thing(kind, row.pk, title, url, is_quoted=kind is not Kind.APPEAL)


def _all_of(model: Any) -> Callable[[User | None], QuerySet[Any]]:
    return lambda _user: model._default_manager.all()


def _visible(model: Any) -> Callable[[User | None], QuerySet[Any]]:
    """Public rows for everybody: also staff follow what is public, not what they prepare."""
    return lambda _user: model._default_manager.visible_to(AnonymousUser())


def _own_appeals(user: User | None) -> QuerySet[Appeal]:
    return Appeal.objects.filter(author=user) if user else Appeal.objects.none()


_PUBLIC: Mapping[Kind, Callable[[User | None], QuerySet[Any]]] = {
    Kind.THEME: _all_of(Theme),
    Kind.DISTRICT: _all_of(District),
    Kind.STREET: _all_of(Street),
    Kind.CONSULTATION: _visible(Consultation),
    Kind.PETITION: _visible(Petition),
    Kind.POLL: _visible(Poll),
    Kind.MEETING: _visible(Meeting),
    # ``visible_to`` of organisations is who acts for one; their public pages are the confirmed.
    Kind.ORGANISATION: lambda _user: Organisation.objects.filter(confirmed_at__isnull=False),
    Kind.DEPUTY: _all_of(Deputy),
    Kind.APPEAL: _own_appeals,
}
