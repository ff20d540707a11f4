"""Rows for tests, made by the same models as everything else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from stdnum.ua import edrpou

from accounts.models import Grant, User
from city.models import Department
from consultations.checklist.models import Platform
from consultations.dispositions.conditions import is_considered
from consultations.models import (
    Attachment,
    Consultation,
    Disposition,
    Edition,
    Procedure,
    ProcedureAnswers,
    Remark,
    State,
)
from consultations.procedures import presets
from consultations.reports import actions as reports
from core.domain import clock
from core.domain.calendar import end_of_day, kyiv, local_date
from discussions.models import Thread
from drafts.models import Draft
from drafts.versions import actions as drafts
from organisations.models import Mandate, MandatePower, Organisation

PASSWORD = "a long enough pass-phrase"


#: Since when people of the council are so: before any day to which a test moves the clock.
_LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def user(
    name: str,
    given: str = "",
    family: str = "",
    *,
    role: str = "",
    department: Department | None = None,
    scope: str = "",
    **fields: Any,
) -> User:
    """A person ``<name>@viche.example``, signed in by ``client.force_login``.

    ``role``: what she is for the council; with ``department`` and ``scope`` as Grant has them.
    """
    made = User.objects.create(
        email=f"{name}@viche.example",
        given_name=given or name.title(),
        family_name=family or "Тестовий",
        password="!",  # unusable: hashing is slow and tests sign in by force
        is_staff=bool(role),
        **fields,
    )
    if role:
        grant(made, role, department=department, scope=scope)
    return made


def grant(user: User, role: str, **fields: Any) -> Grant:
    """A role that the person has since long ago."""
    made = Grant.objects.create(user=user, role=role, **{"starts_at": _LONG_AGO, **fields})
    if not user.is_staff:
        user.is_staff = True
        user.save(update_fields=["is_staff"])
    user.__dict__.pop("grants_in_force", None)
    return made


def person(
    pk: int, role: str = "", *, department_id: int | None = None, scope: str = "", **fields: Any
) -> User:
    """A person of whom no database knows, for rules: they ask none."""
    fields.setdefault("given_name", "Особа")
    made = User(pk=pk, is_staff=bool(role), **fields)
    made.grants_in_force = (
        (Grant(user=made, role=role, department_id=department_id, scope=scope),) if role else ()
    )
    return made


def organisation(
    short_name: str = "ТОВ «Тераса»",
    *people: User,
    scopes: tuple[str, ...] = ("all",),
    **fields: Any,
) -> Organisation:
    """A confirmed organisation with a code of its own, for which ``people`` may act since long."""
    stem = f"{2_000_000 + Organisation.objects.count():07}"
    values: dict[str, Any] = {
        "kind": Organisation.Kind.LEGAL,
        "code": stem + edrpou.calc_check_digit(stem),
        "name": f"{short_name} повністю",
        "short_name": short_name,
        "location": "пл. Рудникова, 2",
        "sector": "I",
        "size": Organisation.Size.MICRO,
        "contact": "(000) 000-00-07",
        "registered_by": people[0] if people else user(f"head{stem}"),
        "how": Organisation.How.OFFICE,
        "confirmed_at": _LONG_AGO,
    }
    made = Organisation.objects.create(**(values | fields))
    for each in people:
        mandate(each, made, scopes=list(scopes))
    return made


def mandate(user: User, organisation: Organisation, **fields: Any) -> Mandate:
    """What the person may do for the organisation, since long ago: everything."""
    values = {"scopes": [MandatePower.ALL], "starts_at": _LONG_AGO}
    return Mandate.objects.create(user=user, organisation=organisation, **(values | fields))


def department(
    name: str = "Департамент розвитку інфраструктури", slug: str = "infrastructure"
) -> Department:
    return Department.objects.create(name=name, slug=slug)


#: A draft decision in the form that the importer reads: a preamble and numbered clauses.
DRAFT = """Про затвердження Порядку розміщення літніх майданчиків

Керуючись Законом України «Про місцеве самоврядування в Україні», міська рада вирішила:

1. Затвердити Порядок розміщення літніх майданчиків (додається).
2. Установити, що майданчик працює з 8:00 до 22:00.
2.1. У дні свят майданчик працює до 23:00.
3. Контроль за виконанням рішення покласти на постійну комісію.
"""


_OPENS_IN = {
    State.PREPARING: 10,
    State.ANNOUNCED: 10,
    State.OPEN: -10,
    State.WITHDRAWN: -10,
    State.CLOSED: -30,
    State.REPORTED: -30,
}


def procedure(code: str = "draft-decision") -> Procedure:
    """A preset, also where a test with real transactions has emptied the tables before."""
    presets.install(Procedure.objects)
    return Procedure.objects.get(code=code)


def draft(text: str = DRAFT, *, published: bool = True) -> Draft:
    """A draft with one version."""
    version = drafts.import_draft(text.encode(), name="draft.txt", title="Літні майданчики")
    if published:
        drafts.publish(version)
    return version.draft


def consultation(
    department: Department, state: str = State.OPEN, *, text: str | None = DRAFT, **fields: Any
) -> Consultation:
    """A consultation in ``state`` now, with a published draft (``text=None``: without any).

    It opens, or opened, ten days from now, and lasts twenty.
    """
    now = clock.now()
    first_day = local_date(now) + timedelta(days=_OPENS_IN[State(state)])
    opens_at = kyiv(first_day)
    values: dict[str, Any] = {
        "procedure": fields.pop("procedure", None) or procedure(),
        "department": department,
        "thread": Thread.objects.create(),
        "draft": draft(text) if text else None,
        "title": "Порядок розміщення літніх майданчиків",
        "summary": "Де і як кав’ярні ставлять столи надворі.",
        "brief": "Столи стоять надворі до 22:00.\nПішоходам лишається два метри.",
        "contact_person": "Остап Федорук",
        "contact_details": "(000) 000-00-01",
        "opens_at": opens_at,
        "closes_at": end_of_day(first_day + timedelta(days=20)),
    }
    if state != State.PREPARING:
        values["announced_at"] = opens_at - timedelta(days=1)
        if state == State.ANNOUNCED:
            values["announced_at"] = now - timedelta(days=1)
        values["report_due_on"] = first_day + timedelta(days=50)
    if state == State.WITHDRAWN:
        values |= {"withdrawn_at": now, "withdrawn_reason": "Проєкт відкликано."}
    if state == State.REPORTED:
        values |= {"reported_at": now - timedelta(days=1), "outcome": "Рішення ухвалено."}
    return Consultation.objects.create(**(values | fields))


#: The consultation document of law 3841-IX art. 7(2), beside what every consultation has here.
DOCUMENT = {
    "problem": "Столи перегороджують тротуари.",
    "options": "1. Нічого не міняти.\n2. Установити порядок.",
    "chosen_option": "Другий: він дає правила однакові для всіх.",
    "affected": "Кав’ярні, пішоходи, мешканці перших поверхів.",
    "how_held": "Електронні консультації.",
    "on_paper": "пл. Рудникова, 1, каб. 12.",
    "report_how": "За 30 робочих днів на цій сторінці.",
}


def public_consultation(
    department: Department, state: str = State.PREPARING, **fields: Any
) -> Consultation:
    """One under law 3841-IX, as if it were in force, with all that it asks for the announcement;
    announced ones have its checklist."""
    found = procedure("public-consultation")
    Procedure.objects.filter(pk=found.pk).update(in_force=True)
    found.refresh_from_db()
    first_day = local_date(clock.now()) + timedelta(days=_OPENS_IN[State(state)])
    values: dict[str, Any] = {"closes_at": end_of_day(first_day + timedelta(days=29))}
    if state != State.PREPARING:
        values["checklist"] = found.checklist
    made = consultation(department, state, procedure=found, **(DOCUMENT | values | fields))
    ProcedureAnswers.objects.create(
        consultation=made, discussion_grounds=[], platform=Platform.ABSENT
    )
    return made


def paper(consultation: Consultation, kind: str = "paper") -> Attachment:
    """A file beside the draft, whose content nobody reads."""
    return Attachment.objects.create(
        consultation=consultation,
        kind=kind,
        title="Аналіз регуляторного впливу",
        file="consultations/none.pdf",
        media_type="application/pdf",
        size=1,
    )


def settle(remark: Remark, kind: str = "accepted", **fields: Any) -> Disposition:
    """A remark with its number and what the council decided of it."""
    if remark.number is None:
        taken = Remark.objects.filter(consultation=remark.consultation_id, number__isnull=False)
        remark.number = taken.count() + 1
        remark.save(update_fields=["number"])
    values = {
        "reason": "" if kind == "accepted" else "Суперечить закону.",
        "decided_at": clock.now(),
    }
    return Disposition.objects.create(remark=remark, kind=kind, **(values | fields))


def publish_report(
    consultation: Consultation, *, by: User, outcome: str = "Враховано.", reason: str = ""
) -> Edition:
    """Settle what is not settled, write the report and publish it, by its actions."""
    texts = {"outcome": outcome, "summary": "Просять довшого часу роботи."}
    open_rows = Remark.objects.filter(consultation=consultation, disposition=None)
    for remark in open_rows.filter(is_considered(), folded_into=None).order_by("pk"):
        settle(remark)
    reports.save(consultation, by=by, texts=texts)
    return reports.publish(consultation, by=by, reason=reason)
