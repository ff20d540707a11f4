"""Public rows of each kind for the index: the one place that says what can be found.

A source reads rows of ``object_id, title, search, day``. Where the thing has a ``search`` of its
own, PostgreSQL copies it; where it has none (names of streets, deputies, numbers of acts), it is
made here. Nothing of an appeal, of a draft in preparation or of the desk is in any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import override

from appeals.models import Answer
from city.models import District, Street
from consultations.acts.models import UrgentAct
from consultations.acts.queries import acts
from consultations.models import Consultation, Remark
from core.db.search import document
from core.db.statements import Asked, AskedAnyOf
from core.domain.calendar import KYIV, local_date
from drafts.models import Clause, Version
from meetings.models import Deputy, Meeting, Question
from newsroom.models import Article, Page
from petitions.models import Petition
from search.days import with_day, words_of_day
from search.site_pages import site_pages
from votes.models import Poll

#: Rows as a source makes them: id, title, lemmas (core.db.search.document), day.
type Row = tuple[int, str, str, date]
#: A SELECT of rows, and its values.
type Rows = tuple[str, list[Any]]

_UNNESTED = (
    "SELECT object_id, title, search::tsvector, day FROM unnest(%s::bigint[], %s::text[],"
    " %s::text[], %s::date[]) AS made (object_id, title, search, day)"
)


@dataclass(frozen=True)
class Copied:
    """Rows that PostgreSQL copies. ``title``, ``search``, ``at``: columns or expressions of
    ``public``; ``at`` is a moment, or a day; ``search``: None is the column of that name.
    ``is_titled``: words of weight A are a title."""

    public: Callable[[], QuerySet[Any]]
    weight: int
    title: Any
    at: str
    search: Any = None
    is_titled: bool = True

    def rows(self, ids: Collection[int] | None) -> Rows:
        """Those of ``ids`` that are public; None: all."""
        if ids is None:
            sql, params = self._select(self.public())
            return sql, list(params)
        one = next(iter(ids)) if len(ids) == 1 else None
        sql, params = self._of_ids if one is None else self._of_one
        asked = list(ids) if one is None else one
        return sql, [asked if isinstance(each, Asked) else each for each in params]

    @cached_property
    def _of_ids(self) -> tuple[str, Sequence[Any]]:
        return self._select(self.public().filter(pk=AskedAnyOf("ids")))

    @cached_property
    def _of_one(self) -> tuple[str, Sequence[Any]]:
        """PostgreSQL keeps its plan; that of a list, whose length it knows, it makes each time."""
        return self._select(self.public().filter(pk=Asked("id")))

    def _select(self, rows: QuerySet[Any]) -> tuple[str, Sequence[Any]]:
        """The statement, compiled: posting a remark must not make Django compose it anew."""
        is_moment = rows.model._meta.get_field(self.at.split("__")[0]).is_relation or (
            rows.model._meta.get_field(self.at).get_internal_type() == "DateTimeField"
        )
        day = TruncDate(self.at, tzinfo=KYIV) if is_moment else F(self.at)
        columns = rows.order_by().values_list("pk", self.title, self.search or F("search"), day)
        sql, params = columns.query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        return sql, params


@dataclass(frozen=True, slots=True)
class Made:
    """Rows that are made here, of few things that change seldom."""

    make: Callable[[Collection[int] | None], Iterable[Row]]
    weight: int
    is_titled: bool = True

    def rows(self, ids: Collection[int] | None) -> Rows:
        """Those of ``ids`` that are public; None: all."""
        made = list(self.make(ids))
        return _UNNESTED, [[row[column] for row in made] for column in range(4)]


type Source = Copied | Made

#: The day of what has none: it is as old as the city.
_ALWAYS = date(2000, 1, 1)


def public_clauses() -> QuerySet[Clause]:
    """Clauses of the newest published version of every draft that is under consultation."""
    later = Version.objects.published().filter(
        draft=OuterRef("version__draft"), number__gt=OuterRef("version__number")
    )
    return Clause.objects.filter(
        ~Exists(later),
        version__published_at__isnull=False,
        version__draft__consultation__in=Consultation.objects.published(),
    )


def public_pages() -> QuerySet[Page]:
    """Pages of the council that say something."""
    return Page.objects.filter(current__isnull=False)


def public_questions() -> QuerySet[Question]:
    """Questions from the floor that everybody reads, of meetings whose notice is published."""
    return Question.objects.public().filter(meeting__in=Meeting.objects.published())


def _only(rows: QuerySet[Any], ids: Collection[int] | None) -> QuerySet[Any]:
    return rows if ids is None else rows.filter(pk__in=ids)


def _acts(ids: Collection[int] | None) -> Iterable[Row]:
    for act in _only(acts(), ids):
        about = act.consultation
        found_by = document(
            A=f"{about.title} {act.number}",
            B=f"{about.summary} {about.brief}",
            C=" ".join((about.problem, about.options, about.affected)),
            D=words_of_day(act.decided_on),
        )
        yield act.pk, about.title, found_by, act.decided_on


def _urgent_acts(ids: Collection[int] | None) -> Iterable[Row]:
    for act in _only(UrgentAct.objects.all(), ids):
        found_by = document(
            A=f"{act.title} {act.number}",
            B=f"{act.need} {words_of_day(act.adopted_on)}",
            C=act.justification,
            D=act.text,
        )
        yield act.pk, act.title, found_by, act.adopted_on


def _deputies(ids: Collection[int] | None) -> Iterable[Row]:
    rows = Deputy.objects.select_related("faction", "district").prefetch_related("seats__body")
    for deputy in _only(rows, ids):
        groups = [deputy.faction, deputy.district, *(seat.body for seat in deputy.seats.all())]
        about = [f"{each.name} {each.name_en}" for each in groups if each is not None]
        found_by = document(A=deputy.name, B="депутат депутатка deputy", C=" ".join(about))
        yield deputy.pk, deputy.name, found_by, deputy.since


def _questions(ids: Collection[int] | None) -> Iterable[Row]:
    for question in _only(public_questions(), ids):
        day = local_date(question.asked_at)
        yield question.pk, question.text, document(A=question.text, C=question.answer), day


def _districts(ids: Collection[int] | None) -> Iterable[Row]:
    for district in _only(District.objects.open(), ids):
        # An English name finds it, but is no title beside which others are long.
        found_by = document(A=district.name, B=f"район мікрорайон district {district.name_en}")
        yield district.pk, district.name, found_by, _ALWAYS


def _streets(ids: Collection[int] | None) -> Iterable[Row]:
    for street in _only(Street.objects.open().select_related("district"), ids):
        found_by = document(
            A=street.name,
            B=" ".join((street.name_en, *street.former_names)),
            C=street.district.name if street.district else "",
        )
        yield street.pk, street.name, found_by, _ALWAYS


def _site_pages(ids: Collection[int] | None) -> Iterable[Row]:
    """In both languages, as nobody has written them in one."""
    for page in site_pages(ids):
        said: dict[str, tuple[str, str]] = {}
        for language in ("uk", "en"):
            with override(language):
                said[language] = str(page.title), str(page.about)
        (title, about), (title_en, about_en) = said["uk"], said["en"]
        found_by = document(A=f"{title} {title_en}", B=page.words, C=f"{about} {about_en}")
        yield page.pk, title, found_by, _ALWAYS


#: Of an event, the day on which it takes place.
_WITH_DAY_OF_NEWS = with_day("search", Coalesce("begins_at", "publish_at"))
_NO_TITLE = Value("", output_field=CharField())

#: The kind of the site's own pages.
SITE = "site"
#: By the kind's name in addresses (search/kinds.py draws each).
SOURCES: dict[str, Source] = {
    "consultations": Copied(Consultation.objects.published, 90, F("title"), "closes_at"),
    "petitions": Copied(Petition.objects.published, 80, F("title"), "closes_at"),
    "polls": Copied(Poll.objects.published, 80, F("title"), "closes_at"),
    "news": Copied(
        Article.objects.published, 50, F("title"), "publish_at", with_day("search", "publish_at")
    ),
    "answers": Copied(
        Answer.objects.published, 60, F("public_subject"), "published_at", F("public_search")
    ),
    "acts": Made(_acts, 45),
    "urgent": Made(_urgent_acts, 40),
    "meetings": Copied(
        Meeting.objects.published, 40, F("title"), "begins_at", with_day("search", "begins_at")
    ),
    "questions": Made(_questions, 30),
    "deputies": Made(_deputies, 60),
    "pages": Copied(public_pages, 60, F("current__title"), "current__at"),
    SITE: Made(_site_pages, 50),
    "districts": Made(_districts, 70),
    "streets": Made(_streets, 20),
    "clauses": Copied(public_clauses, 10, F("label"), "version__published_at", is_titled=False),
    "remarks": Copied(
        Remark.objects.public,
        0,
        _NO_TITLE,
        "comment__created_at",
        F("comment__search"),
        is_titled=False,
    ),
}
