"""Queries of the public pages, a fixed number at any size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Left, Round
from django.http import QueryDict

from city.models import Street, Theme
from core.db.kept_cursors import fetch
from core.db.paging import Page, page_of
from core.db.search import Query, query, rank
from core.db.statements import Asked, Statement
from core.domain.clock import Now
from core.domain.topics import seq_of_row
from core.kept_pictures.models import listed_columns
from petitions.as_appeal.considered import UNREAD
from petitions.models import News, Petition, PetitionPhoto
from petitions.presenters import ListedPetition, LivePetition
from petitions.querysets import LISTS, PetitionQuerySet
from petitions.sql import sql

if TYPE_CHECKING:
    from petitions.presenters import PetitionOfCard, PetitionOfList, PetitionOfPage

LIST_SIZE = 20
#: So many petitions at most are sorted by how well they answer the words.
MOST_WEIGHED = 1000
#: So many of a petition's news are on its page, the newest first.
MOST_NEWS = 20
#: The longest question to the list, in characters.
LONGEST_WORDS = 200
#: Letters of the text that a card shows the beginning of.
_OPENING = 300
#: Known to the city alone.
_PRIVATE = ("author_address", "author_phone", "refused_note", "refused_quote")
_FIRST_PHOTO = PetitionPhoto.objects.shown().filter(petition=OuterRef("pk")).order_by("pk")
_FIRST_THEME = Theme.objects.filter(petition=OuterRef("pk")).order_by("pk")


def for_page(petitions: PetitionQuerySet[Petition]) -> PetitionQuerySet[PetitionOfPage]:
    """With what is read in the same statement: the database's time as ``now``, the topic's ``seq``,
    the numbers of its last recount as ``total``, and the answer where there is one, and of the
    appeal that it is what everybody may know."""
    return (
        petitions.select_related("procedure", "department", "district", "total", "answer", "appeal")
        .defer("search", *_PRIVATE, *UNREAD)
        .annotate(now=Now(), seq=seq_of_row("petition"))
    )


def to_read(pk: int) -> LivePetition | None:
    """The published petition with what ``for_page`` reads: one query."""
    petition = _TO_READ.first(pk=pk)
    return LivePetition.of_page(petition) if petition else None


def for_lists(petitions: PetitionQuerySet[Petition]) -> PetitionQuerySet[PetitionOfList]:
    """Columns for lists, feeds and programs and no more: the text's beginning as ``opening``, the
    time as ``now``.
    """
    return (
        petitions.select_related("procedure", "total", "district")
        .defer("search", "text", "reasons", *_PRIVATE)
        .annotate(now=Now(), opening=Left("text", _OPENING))
    )


def for_cards(petitions: PetitionQuerySet[Petition]) -> PetitionQuerySet[PetitionOfCard]:
    """The same with what a card shows: the first photograph and the first theme."""
    return for_lists(petitions).annotate(
        photo=Subquery(_FIRST_PHOTO.values(json=listed_columns())[:1]),
        theme=Subquery(_FIRST_THEME.values("slug")[:1]),
    )


def with_appeals[Row: Petition](petitions: PetitionQuerySet[Row]) -> PetitionQuerySet[Row]:
    """With what everybody may know of the appeals that they are."""
    return petitions.select_related("appeal").defer(*UNREAD)


#: How a list may be sorted, and the columns of each order (core.db.paging).
ORDERS: dict[str, tuple[str, ...]] = {
    "momentum": ("-total__week", "-pk"),
    "soon": ("closes_at", "pk"),
    "signed": ("-total__counted", "-pk"),
    "newest": ("-published_at", "-pk"),
}
#: How each list is sorted unless somebody asks for another order.
_OWN_ORDER: dict[str, tuple[str, ...]] = {
    "collecting": ORDERS["momentum"],
    "awaiting": ("reached_at", "pk"),
    "answered": ("-answered_at", "-pk"),
    "all": ORDERS["newest"],
}


@dataclass(frozen=True)
class Filters:
    """Which petitions are listed and in what order; whatever makes no sense is ignored."""

    state: str = "collecting"
    theme: str = ""
    district: str = ""
    sort: str = ""
    words: str = ""
    after: str = ""
    #: Look also for what misspelt words may mean.
    forgiving: bool = False
    #: Look also for petitions that have only some of the words.
    any_word: bool = False

    @classmethod
    def of(cls, params: QueryDict) -> Filters:
        asked = {name: params.get(name, "").replace("\0", "") for name in _PARAMS}
        return cls(
            state=asked["state"] if asked["state"] in LISTS else cls.state,
            theme=asked["theme"],
            district=asked["district"],
            sort=asked["sort"] if asked["sort"] in ORDERS else "",
            words=" ".join(asked["q"].split())[:LONGEST_WORDS],
            after=asked["after"],
        )

    def query(self, **changed: str) -> str:
        """As an address's query; another choice begins at the first page."""
        values = {
            "state": "" if self.state == Filters.state else self.state,
            "q": self.words,
            "theme": self.theme,
            "district": self.district,
            "sort": self.sort,
        } | changed
        params = QueryDict(mutable=True)
        params.update({name: value for name, value in values.items() if value})
        return params.urlencode()

    @property
    def asked(self) -> Query:
        return query(self.words, forgiving=self.forgiving, any_word=self.any_word)


_PARAMS = ("state", "theme", "district", "sort", "q", "after")


def matching(filters: Filters) -> PetitionQuerySet[Petition]:
    """Published petitions that fit, of every state."""
    petitions = Petition.objects.published()
    if filters.theme:
        petitions = petitions.filter(themes__slug=filters.theme)
    if filters.district:
        petitions = petitions.filter(district__slug=filters.district)
    if filters.words:
        petitions = petitions.filter(search=filters.asked)
    return petitions


def list_petitions(filters: Filters, fitting: int = 0) -> Page[PetitionOfCard]:
    """A page of the list: one query.

    ``fitting``: how many fit. Words that so many petitions have tell little of how well one
    answers them, and would all have to be weighed: then the list's own order serves.
    """
    rows = for_cards(matching(filters)).filter(LISTS[filters.state], total__isnull=False)
    order = ORDERS.get(filters.sort) or _OWN_ORDER[filters.state]
    if filters.words and not filters.sort and fitting <= MOST_WEIGHED:
        relevance = Cast(Round(rank(filters.asked) * 1_000_000), IntegerField())
        by_relevance = rows.annotate(relevance=relevance)
        return page_of(
            by_relevance, order=("-relevance", "-pk"), after=filters.after, size=LIST_SIZE
        )
    return page_of(rows, order=order, after=filters.after, size=LIST_SIZE)


def counts(filters: Filters) -> dict[str, int]:
    """Number of matches by list: one query, answered from an index where nothing narrows it."""
    counted = {name: Count("published_at", filter=condition) for name, condition in LISTS.items()}
    return matching(filters).aggregate(**counted)


def count_by_district(filters: Filters) -> dict[int | None, int]:
    """Number of matches by the district's id; None: of no district. One query."""
    rows = matching(filters).filter(LISTS[filters.state]).order_by()
    return dict(rows.values_list("district").annotate(number=Count("pk", distinct=True)))


def days_of(petition: Petition) -> list[tuple[date, int]]:
    """Its days with counted signatures, in order: one query."""
    return [(day, counted) for day, counted in fetch(_DAYS, [petition.pk])]


def themes_of(petition: Petition) -> list[Theme]:
    """Themes of the petition: one query."""
    return _THEMES.all(petition=petition.pk)


def streets_of(petition: Petition) -> list[Street]:
    """The streets that it is about: one query."""
    return _STREETS.all(petition=petition.pk)


def photos_of(petition: Petition) -> list[PetitionPhoto]:
    """Its photographs, removed ones too: one query."""
    return _PHOTOS.all(petition=petition.pk)


def news_of(petition: Petition) -> list[News]:
    """The author's news to those who signed, the newest first; hidden ones without their words."""
    return _NEWS.all(petition=petition.pk)


_TO_READ = Statement(lambda: for_page(Petition.objects.published().filter(pk=Asked("pk"))))
_THEMES = Statement(lambda: Theme.objects.filter(petition=Asked("petition")))
_STREETS = Statement(lambda: Street.objects.filter(petition=Asked("petition")))
_PHOTOS = Statement(lambda: PetitionPhoto.objects.filter(petition=Asked("petition")))
_NEWS = Statement(
    lambda: (
        News.objects.filter(petition=Asked("petition")).order_by("-pk").defer("text")[:MOST_NEWS]
    )
)
_DAYS = sql("""
SELECT day, counted FROM {DayTotal} WHERE petition_id = %s AND counted > 0 ORDER BY day
""")


def for_home(*, closest: int, answered: int) -> tuple[list[ListedPetition], list[ListedPetition]]:
    """Those collecting that have the greatest share of the signatures they need, and those that
    were answered last, each with its answer: one query."""
    rows = _of_home(closest, answered).all()
    found = [ListedPetition.of_card(petition) for petition in rows]
    return (
        sorted((each for each in found if not each.petition.answered_at), key=_missing_share),
        sorted(
            (each for each in found if each.petition.answered_at),
            key=lambda each: (each.petition.answered_at, each.petition.pk),
            reverse=True,
        ),
    )


@cache
def _of_home(closest: int, answered: int) -> Statement[PetitionOfCard]:
    return Statement(lambda: _to_show_at_home(closest, answered))


def _to_show_at_home(closest: int, answered: int) -> PetitionQuerySet[PetitionOfCard]:
    near = (
        Petition.objects.collecting()
        .filter(reached_at=None, total__counted__gt=0)
        .order_by(_SHARE.desc(), "closes_at", "pk")
    )
    done = Petition.objects.answered().order_by("-answered_at", "-pk")
    either = Q(pk__in=near.values("pk")[:closest]) | Q(pk__in=done.values("pk")[:answered])
    return for_cards(Petition.objects.filter(either)).select_related("answer")


#: Procedures differ in how many signatures they ask for, so it is the share that is compared.
_SHARE = F("total__counted") * 1.0 / F("procedure__threshold")


def _missing_share(shown: ListedPetition) -> tuple[float, Any, int]:
    return (-shown.counted / shown.needed, shown.petition.closes_at, shown.petition.pk)
