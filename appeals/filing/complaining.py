"""The text of a complaint about an answer, or about its absence, prepared for the applicant.

In Ukrainian in either language of the site: it goes to bodies of state (law 2704-VIII).
"""

from __future__ import annotations

from datetime import datetime

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from appeals.models import Answer, Appeal
from core.domain.calendar import last_date
from core.domain.council import council
from core.domain.name_cases import to_genitive

_ADDRESSEE = "Кому: __________________________"


def ways(appeal: Appeal) -> tuple[str | Promise, ...]:
    """Bodies to complain to, by the law of the appeal's kind."""
    if appeal.is_request:
        return (
            _("to the head of the council’s executive body (law 2939-VI art. 23);"),
            _(
                "to the Ukrainian Parliament Commissioner for Human Rights, who oversees access to "
                "information;"
            ),
            _("to an administrative court."),
        )
    return (
        _("to the head of the council, or to the body above it (law 393/96-ВР art. 16);"),
        _("to an administrative court;"),
        _(
            "within a year of the decision, and within a month of the day on which you learnt of "
            "it (law 393/96-ВР art. 17)."
        ),
    )


def text_of(appeal: Appeal, answer: Answer | None, now: datetime) -> str:
    """The complaint, to be copied or printed; empty lines are for what only its author knows."""
    with override("uk"):
        return "\n\n".join(_paragraphs(appeal, answer, now)) + "\n"


def _paragraphs(appeal: Appeal, answer: Answer | None, now: datetime) -> list[str]:
    name = appeal.name or "__________________________"
    head = [_ADDRESSEE, f"Від: {to_genitive(name)}"]
    if appeal.residence:
        head.append(f"Місце проживання: {appeal.residence}")
    head += [f"Контакт: {contact}" for contact in (appeal.email or appeal.phone,) if contact]
    law = (
        "статті 23 Закону України «Про доступ до публічної інформації»"
        if appeal.is_request
        else "статей 16–18 Закону України «Про звернення громадян»"
    )
    thing = "запит на інформацію" if appeal.is_request else "звернення"
    received = f"{localtime(appeal.received_at):%d.%m.%Y}"
    return [
        "\n".join(head),
        "СКАРГА",
        f"{received} я подав(-ла) {thing} «{appeal.subject}» ({council().council}). "
        f"Реєстраційний номер: {appeal.label}.",
        _fault(appeal, answer, now),
        "Чому я з цим не погоджуюся:\n__________________________\n__________________________",
        f"На підставі {law} прошу розглянути цю скаргу, зобов’язати надати відповідь по суті та "
        "повідомити мене про результати письмово.",
        "Додатки: копія звернення; копія відповіді (якщо її надано).",
        f"{localtime(now):%d.%m.%Y}          {name}",
    ]


def _fault(appeal: Appeal, answer: Answer | None, now: datetime) -> str:
    if answer is not None and answer.sent_at is not None:
        signed = f" за підписом: {answer.signed_as}" if answer.signed_as else ""
        late = " з порушенням строку" if answer.due_at and answer.due_at <= answer.sent_at else ""
        return (
            f"{localtime(answer.sent_at):%d.%m.%Y}{late} мені надали відповідь{signed}. "
            "Вважаю її незаконною або необґрунтованою."
        )
    if appeal.refused_at is not None:
        return f"{localtime(appeal.refused_at):%d.%m.%Y} його залишили без розгляду."
    if appeal.returned_at is not None:
        return f"{localtime(appeal.returned_at):%d.%m.%Y} його мені повернули."
    if appeal.forwarded_at is not None:
        is_late = not appeal.is_request and appeal.is_late_at(now)
        late = " з порушенням п’ятиденного строку (стаття 7 Закону)" if is_late else ""
        day = f"{localtime(appeal.forwarded_at):%d.%m.%Y}"
        return f"{day}{late} його переслали за належністю: {appeal.forwarded_to}."
    last = f"{last_date(appeal.due_at):%d.%m.%Y}"
    if appeal.due_at <= now:
        return f"Строк відповіді сплив {last}, але відповіді я не отримав(-ла)."
    return f"Відповідь має бути надана до {last} включно."
