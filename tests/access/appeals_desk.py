"""Appeals at the desk: what its routes are about, and their forms filled.

All are of olena but one; they are considered by the department of ofi. The department of
``stranger`` is the office that registers appeals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from accounts.models import User
from appeals import actions
from appeals.answers import saved as answers_saved
from appeals.answers.models_saved import SavedAnswer
from appeals.many.rules import version_of
from appeals.models import Answer, Appeal, AppealsExport, FiguresEdition, State
from appeals.together.rules import version_of_draft
from city.calendar import work_calendar
from city.models import Council, Department
from core.domain import clock
from core.domain.calendar import local_date
from core.export import uploads
from tests.appeals import factories

if TYPE_CHECKING:
    from tests.access.city import City

#: A public key whose secret half nobody has.
RECIPIENT = "age1js072x4zvjlwfg0shsdvzmcgqezylmp2xnwqtutxskqeh69lkgds2pan3m"

Data = dict[str, Any]
Things = dict[str, tuple[Any, ...]]


@dataclass
class DeskAppeals:
    """Appeals by their state, with a draft that waits (``drafted``) and one that is approved;
    ``unnamed``: of somebody without an account, by letter."""

    by_name: dict[str, Appeal]
    file_pk: int
    document_pk: int
    saved: SavedAnswer


def build(people: Mapping[str, User], department: Department) -> DeskAppeals:
    """Everything once."""
    Department.objects.filter(slug="education").update(registers_appeals=True)
    olena, ofi = people["olena"], people["ofi"]
    file = actions.NewFile("лист.pdf", "application/pdf", b"%PDF-1.7 x")
    document = actions.NewFile("лист.docx", uploads.DOCX, b"no archive")
    bad = actions.NewFile("шаблон.docx", "", b"", left_out="file.external")
    made = {
        "received": factories.appeal(
            olena, text="Прошу полагодити куниці дім.", files=[file, document, bad]
        ),
        "unnamed": _of_a_letter("Без облікового запису"),
    }
    for name in ("in_work", "drafted", "approved"):
        made[name] = factories.appeal(olena, State.IN_WORK, by=department, subject=name)
    for state in (State.ANSWERED, State.FORWARDED, State.REOPENED):
        made[state] = factories.appeal(olena, state, by=department, subject=str(state))
    for name in ("drafted", "approved"):
        # Not sent yet: the applicant does not read it either.
        actions.draft_answer(made[name], by=ofi, text="Кажан буде пійманий.", result="satisfied")
    actions.approve(made["approved"], by=factories.head(department))
    _add_requests(made, olena, ofi, department)
    factories.mayor()
    saved = answers_saved.save(by=ofi, department=department, title="Оскарження", text="Можна.")
    _store_figures()
    first, second, _left_out = made["received"].attachments.order_by("pk")
    return DeskAppeals(made, first.pk, second.pk, saved)


def _add_requests(made: dict[str, Appeal], olena: User, ofi: User, department: Department) -> None:
    """A request that is considered, and one whose copies are to be paid for."""
    ofi.grants.update(post="спеціаліст", post_genitive="спеціаліста")
    Council.objects.update(copy_price="2.50", copy_limit="6.00", copy_account="IBAN UA00")
    request = {"kind": Appeal.Kind.REQUEST, "by": department}
    for name in ("request", "priced"):
        made[name] = factories.appeal(olena, State.IN_WORK, subject=name, **request)
        made[name] = actions.assign(
            made[name], by=factories.registrar(), department=department, officer=ofi
        )
    actions.ask_fee(made["priced"], by=ofi, pages=64, pay_by=_working_day(10))


def _working_day(days: int) -> date:
    return work_calendar().add_working_days(local_date(clock.now()), days)


def _store_figures() -> None:
    """Of two quarters, with what is shown of each table and what is not."""
    numbers = {"businesses": 12, "on_time": 91, "median_days": 8.5}
    shown = {"name": "Благоустрій", "total": 1240, **numbers}
    small = {"name": "", "total": None, **dict.fromkeys(numbers)}
    tables = {name: [shown, small] for name in ("theme", "district", "department")}
    FiguresEdition.objects.bulk_create(
        FiguresEdition(first=first, tables={**tables, "all": [shown]})
        for first in (date(2026, 1, 1), date(2026, 4, 1))
    )


def _of_a_letter(subject: str) -> Appeal:
    words = {**factories.WORDS, "subject": subject, "via": Appeal.Via.LETTER}
    return actions.file(by=factories.registrar(), **words).appeal


def things(*named: str) -> Callable[[City, tuple[str, ...]], Things]:
    """Appeals of these names."""
    return lambda city, parameters: {name: (city.desk_appeals.by_name[name].pk,) for name in named}


def _file(city: City, _parameters: tuple[str, ...]) -> Things:
    made = city.desk_appeals
    return {
        "received": (made.by_name["received"].pk, made.file_pk),
        "astray": (made.by_name["in_work"].pk, made.file_pk),
    }


def _document(city: City, _parameters: tuple[str, ...]) -> Things:
    made = city.desk_appeals
    return {
        "received": (made.by_name["received"].pk, made.document_pk),
        "no document": (made.by_name["received"].pk, made.file_pk),
    }


def _export(city: City, _parameters: tuple[str, ...]) -> Things:
    """A file that the officer of the office made just now."""
    made, _new = AppealsExport.objects.get_or_create(
        by=city.people["stranger"],
        defaults={
            "since": local_date(clock.now()),
            "until": local_date(clock.now()),
            "reason": "Перенесення до системи документообігу",
            "recipient": RECIPIENT,
            "appeals": 1,
            "content": b"age-encryption.org/v1",
        },
    )
    return {"": (made.pk,)}


def _exchange(_city: City, _arguments: tuple[Any, ...]) -> Data:
    today = local_date(clock.now())  # after hours an appeal is registered on a later day
    days = {"since": today.isoformat(), "until": (today + timedelta(days=14)).isoformat()}
    return {**days, "recipient": RECIPIENT, "reason": "Перенесення до системи документообігу"}


ABOUT: dict[str, Callable[[City, tuple[str, ...]], Things]] = {
    "exchange_file": _export,
    "detail": things("received", "in_work", "answered", "reopened"),
    "note": things("received", "in_work"),
    "accept": things("received", "in_work"),
    "assign": things("in_work", "received"),
    "correct": things("in_work", "answered"),
    "extend": things("in_work", "received"),
    "shorten": things("in_work", "received"),
    "ask_head": things("in_work", "request"),
    **dict.fromkeys(("refuse", "postpone", "fee"), things("request", "in_work")),
    "payment": things("priced", "request"),
    **dict.fromkeys(("forward", "return", "leave", "move"), things("received", "answered")),
    "draft": things("in_work", "received"),
    **dict.fromkeys(("ask", "approve"), things("drafted", "in_work")),
    "send": things("approved", "in_work"),
    "send_back": things("approved", "drafted"),
    "receipt": things("received"),
    "secret": things("unnamed", "received"),
    "file": _file,
    **dict.fromkeys(("file_pdf", "file_original"), _document),
    **dict.fromkeys(
        ("text", "delete_text"), lambda city, parameters: {"": (city.desk_appeals.saved.pk,)}
    ),
}


def _executor(city: City, _arguments: tuple[Any, ...]) -> Data:
    return {"kind": "application", "executor": city.opened.department_id}


def _extended(_city: City, _arguments: tuple[Any, ...]) -> Data:
    """A Friday within 45 days."""
    day = local_date(clock.now()) + timedelta(days=44)
    return {
        "until": (day - timedelta(days=(day.weekday() - 4) % 7)).isoformat(),
        "reason": "експертиза",
    }


def _shortened(_city: City, _arguments: tuple[Any, ...]) -> Data:
    """A Friday, in a week at the most."""
    day = local_date(clock.now()) + timedelta(days=7)
    return {
        "until": (day - timedelta(days=(day.weekday() - 4) % 7)).isoformat(),
        "reason": "заявник від’їздить",
    }


def _new(_city: City, _arguments: tuple[Any, ...]) -> Data:
    return {
        "via": "letter",
        "received_at": (clock.now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"),
        "kind": "application",
        "name": "Гнатюк Марія",
        "residence": "вул. Тиха, 3",
        "people": "1",
        "subject": "Лавка",
        "text": "Прошу поставити лавку.",
    }


def _text(city: City, _arguments: tuple[Any, ...]) -> Data:
    return {"department": city.opened.department_id, "title": "Строк", "text": "Місяць."}


def _many(city: City, arguments: tuple[Any, ...]) -> Data:
    appeal = Appeal.objects.get(pk=city.desk_appeals.by_name["received"].pk)
    chosen = {"appeals": f"{appeal.pk}:{version_of(appeal)}"}
    return chosen | _executor(city, arguments)


def _together(city: City, _arguments: tuple[Any, ...]) -> Data:
    appeal = Appeal.objects.get(pk=city.desk_appeals.by_name["in_work"].pk)
    ticked = {"appeals": f"{appeal.pk}:{version_of(appeal)}"}
    return ticked | {"text": "Буде зроблено.", "result": "satisfied"}


def _read(name: str) -> Callable[[City, tuple[Any, ...]], Data]:
    """A draft as it was read."""

    def data(city: City, _arguments: tuple[Any, ...]) -> Data:
        draft = Answer.objects.get(appeal=city.desk_appeals.by_name[name].pk)
        return {"appeals": f"{draft.appeal_id}:{version_of_draft(draft)}"}

    return data


FORMS: dict[str, Callable[[City, tuple[Any, ...]], Data]] = {
    "new": _new,
    "exchange": _exchange,
    "exchange_numbers": lambda city, arguments: {"lines": "старий перегляд"},
    "note": lambda city, arguments: {"text": "Дзвонили."},
    "accept": _executor,
    "many": _many,
    "together": _together,
    "approve_together": _read("drafted"),
    "send_together": _read("approved"),
    "assign": _executor,
    "correct": lambda city, arguments: {"kind": "proposal"},
    "extend": _extended,
    "shorten": _shortened,
    "ask_head": lambda city, arguments: {"words": "Продовжити до 45 днів."},
    "refuse": lambda city, arguments: {"ground": "not_held", "reason": "Обліку не ведемо."},
    "postpone": lambda city, arguments: {
        "until": _working_day(30).isoformat(),
        "reason": "Затоплено архів.",
    },
    "fee": lambda city, arguments: {"pages": "64", "pay_by": _working_day(10).isoformat()},
    "payment": lambda city, arguments: {"paid_on": local_date(clock.now()).isoformat()},
    "forward": lambda city, arguments: {"to": "Обласна рада", "sheets": "1"},
    "move": lambda city, arguments: {"note": "Видача дозволу."},
    "return": lambda city, arguments: {
        "ground": "malformed",
        "note": "Немає підпису.",
    },
    "leave": lambda city, arguments: {"ground": "anonymous", "note": "Немає прізвища."},
    "draft": lambda city, arguments: {"text": "Буде зроблено.", "result": "satisfied"},
    "send": lambda city, arguments: {"how": "page"},
    "send_back": lambda city, arguments: {"words": "Назвіть день."},
    "secret": lambda city, arguments: {"reason": "Паспорт"},
    "new_text": _text,
    "text": _text,
}
