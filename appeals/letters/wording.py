"""Wording of each letter about an appeal: from facts to a letter, without the database.

    compose(Facts(kind=LetterKind.ANSWER, …))     an OfficialLetter: a PDF, or plain text

The letters are in Ukrainian, as answers of a council are (2704-VIII art. 13), so their words stand
here as they are sent. Each names its article, and how to complain about it (393/96-ВР arts 15–19,
2939-VI arts 22–23).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from appeals.models import Appeal
from appeals.requests.letters import (
    FeeFacts,
    RefusalFacts,
    fee_body,
    postponement_text,
    refused_request,
)
from core.domain.name_cases import Gender, greet, to_dative
from core.export.official_letter import OfficialLetter, Reply, Sender, Signature, format_day


class LetterKind(StrEnum):
    """Which letter it is."""

    ANSWER = "answer"
    EXTENDED = "extended"
    POSTPONED = "postponed"
    #: That copies are paid for.
    FEE = "fee"
    FORWARDED = "forwarded"
    #: To the body to which an appeal is forwarded.
    COVERING = "covering"
    RETURNED = "returned"
    REFUSED = "refused"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Applicant:
    """To whom it goes: a person by their full name, or an organisation by its own."""

    name: str
    residence: str = ""
    email: str = ""
    organisation: str = ""
    #: How many have filed it together.
    people: int = 1


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts from which a letter is written."""

    kind: LetterKind
    #: The appeal: whether it is a request for information, its number and day.
    is_request: bool
    number: str
    registered_on: date
    applicant: Applicant
    #: The day of the letter.
    day: date
    sender: Sender
    signature: Signature
    executor: str = ""
    #: The answer; what is missing; why.
    words: str = ""
    #: A code of Appeal.ReturnedFor or Appeal.RefusedFor.
    ground: str = ""
    forwarded_to: str = ""
    #: The last day of the extended term.
    until: date | None = None
    enclosures: Sequence[str] = ()
    #: The registration index of the letter; "": it has none (yet).
    outgoing: str = ""
    #: So many sheets of the appeal go with the covering letter.
    sheets: int = 0
    #: Of a request: what is refused of it, what its copies cost, who considers it.
    refusal: RefusalFacts | None = None
    fee: FeeFacts | None = None
    responsible: str = ""
    #: The answer greets by its own words: the letter does not greet once more.
    greets: bool = False


#: «Шановна Олено Петрівно!», «Добрий день!» at the beginning of a text, in their usual forms.
_GREETING = re.compile(
    r"\s*(?:(?:вельми)?шановн(?:а|ий|і|е)\b[^\n.!?]{0,80}?(?:[!,\n]|$)"
    r"|(?:добр(?:ий|ого) (?:день|дня|ранок|ранку|вечір|вечора)|доброго здоров[’'ʼ]я)"
    r"\s*(?:[!,.\n]|$))",
    re.IGNORECASE,
)
_APPEALS = "Закону України «Про звернення громадян»"
_REQUESTS = "Закону України «Про доступ до публічної інформації»"
_COMPLAINT = (
    "Рішення, з яким Ви не згодні, можна оскаржити в порядку підлеглості вищому органу або "
    "посадовій особі, а також до суду. Скаргу подають протягом одного року з дня прийняття "
    "рішення, але не пізніше одного місяця з дня, коли Ви з ним ознайомилися "
    f"(статті 16 і 17 {_APPEALS})."
)
_COMPLAINT_OF_REQUEST = (
    "Рішення, дії чи бездіяльність розпорядника інформації можна оскаржити до його керівника, "
    f"вищого органу або суду (стаття 23 {_REQUESTS})."
)
_RETURNED = {
    Appeal.ReturnedFor.MALFORMED: f"його оформлено без дотримання вимог статті 5 {_APPEALS}",
    Appeal.ReturnedFor.INSUFFICIENT: (
        "воно не містить даних, необхідних для прийняття обґрунтованого рішення "
        f"(частина третя статті 7 {_APPEALS})"
    ),
}
_REFUSED = {
    Appeal.RefusedFor.ANONYMOUS: f"його визнано анонімним (частина перша статті 8 {_APPEALS})",
    Appeal.RefusedFor.REPEATED: (
        "воно повторне: перше звернення з того самого питання вирішено по суті "
        f"(частина друга статті 8 {_APPEALS})"
    ),
    Appeal.RefusedFor.OUT_OF_TIME: (
        f"скаргу подано після строку, установленого статтею 17 {_APPEALS}"
    ),
    Appeal.RefusedFor.INCAPABLE: f"на підставі частини другої статті 8 {_APPEALS}",
}


def compose(facts: Facts) -> OfficialLetter:
    """The letter."""
    subject, paragraphs = _BODIES[facts.kind](facts)
    is_covering = facts.kind == LetterKind.COVERING
    return OfficialLetter(
        subject=subject,
        day=facts.day,
        number=facts.outgoing,
        addressee=_body_addressed(facts.forwarded_to)
        if is_covering
        else _addressee(facts.applicant),
        greeting="" if is_covering or facts.greets else greeting_of(facts.applicant),
        paragraphs=[paragraph for paragraph in paragraphs if paragraph],
        signature=facts.signature,
        sender=facts.sender,
        reply_to=None if is_covering else Reply(facts.number, facts.registered_on),
        enclosures=_copies(facts) if is_covering else facts.enclosures,
        note="" if is_covering else _note(facts),
        executor=facts.executor,
    )


def _addressee(applicant: Applicant) -> list[str]:
    if applicant.organisation:
        return [applicant.organisation, applicant.residence, applicant.email]
    name = to_dative(applicant.name) or "Заявникові"
    if applicant.people > 1:
        # What is not declined («Батьки учнів») stands in no sentence with a dative.
        if name == applicant.name:
            return [f"Заявникам ({name})", applicant.residence, applicant.email]
        name = f"{name} та іншим заявникам"
    return [name, applicant.residence, applicant.email]


def _body_addressed(body: str) -> list[str]:
    """A person in the dative; a body's name, which is not declined here, after «Адресат:»."""
    declined = to_dative(body)
    return [declined] if declined and declined != body else [f"Адресат: {body}"]


def _copies(facts: Facts) -> list[str]:
    """«копія звернення на 2 арк. в 1 прим.»."""
    if not facts.sheets:
        return [f"копія {_of_what(facts)}"]
    return [f"копія {_of_what(facts)} на {facts.sheets} арк. в 1 прим."]


def _decision_line(facts: Facts) -> str:
    """«Рішення прийняв(ла): міський голова Олена КОВАЛЬ, 01.12.2026, № 125/вих-2026.»; of a letter
    that keeps no post, as it was written then."""
    if not facts.signature.post:
        return "Рішення прийняв керівник."
    post = facts.signature.post[:1].lower() + facts.signature.post[1:]
    who = f"{post} {facts.signature.name}".strip()
    number = f", № {facts.outgoing}" if facts.outgoing else ""
    return f"Рішення прийняв(ла): {who}, {format_day(facts.day)}{number}."


def has_greeting(text: str) -> bool:
    """The text itself begins with a greeting."""
    return _GREETING.match(text) is not None


def greeting_of(applicant: Applicant) -> str:
    """«Шановна Олено Петрівно!»; where the name does not tell how, nobody is named wrongly."""
    if applicant.people > 1:
        return "Шановні заявники!"
    known = None if applicant.organisation else greet(applicant.name)
    if known is None:
        return "Добрий день!"
    name, gender = known
    return f"{'Шановна' if gender is Gender.FEMININE else 'Шановний'} {name}!"


def _note(facts: Facts) -> str:
    """Note on complaints about it; being told of another term is no decision about an appeal."""
    if facts.is_request:
        return _COMPLAINT_OF_REQUEST
    return "" if facts.kind in (LetterKind.EXTENDED, LetterKind.FORWARDED) else _COMPLAINT


def _appeal_reference(facts: Facts) -> str:
    """«Ваше звернення від 27.11.2026 № 12-27.11.2026»."""
    what = "Ваш запит на інформацію" if facts.is_request else "Ваше звернення"
    return f"{what} від {format_day(facts.registered_on)} № {facts.number}"


def _of_what(facts: Facts) -> str:
    return "запиту на інформацію" if facts.is_request else "звернення"


type _Body = tuple[str, list[str]]


def _answer(facts: Facts) -> _Body:
    if facts.refusal:
        return refused_request(
            facts.refusal, _appeal_reference(facts), facts.words, format_day(facts.day), _REQUESTS
        )
    return f"Про розгляд {_of_what(facts)}", [facts.words]


def _postponement_body(facts: Facts) -> _Body:
    return postponement_text(
        named=_appeal_reference(facts),
        reason=facts.words,
        until=format_day(facts.until) if facts.until else "",
        day=format_day(facts.day),
        responsible=facts.responsible,
        law=_REQUESTS,
    )


def _fee(facts: Facts) -> _Body:
    assert facts.fee is not None  # noqa: S101 - a letter of a fee is made of one
    return fee_body(facts.fee, _appeal_reference(facts), _REQUESTS)


def _extension_body(facts: Facts) -> _Body:
    until = format_day(facts.until) if facts.until else ""
    if facts.is_request:
        ground = (
            f"Підстава: частина четверта статті 20 {_REQUESTS}; загальний строк не може "
            "перевищувати двадцяти робочих днів."
        )
    else:
        ground = (
            f"Підстава: стаття 20 {_APPEALS}; загальний строк не може перевищувати "
            "сорока п’яти днів."
        )
    return (
        f"Про продовження строку розгляду {_of_what(facts)}",
        [
            f"{_appeal_reference(facts)} розглянемо не пізніше {until} включно: строк продовжено.",
            f"Причина: {facts.words}",
            ground,
            "" if facts.is_request else _decision_line(facts),
        ],
    )


def _forwarding_body(facts: Facts) -> _Body:
    if facts.is_request:
        why = (
            "Рада не володіє запитуваною інформацією. Строк розгляду запиту починається з дня, "
            "коли його отримає належний розпорядник "
            f"(частина третя статті 22 {_REQUESTS})."
        )
    else:
        why = (
            "Порушені в ньому питання не входять до повноважень ради, тому відповідь надасть "
            f"орган, якому його переслано (частина третя статті 7 {_APPEALS})."
        )
    return (
        f"Про пересилання {_of_what(facts)} за належністю",
        [
            f"{_appeal_reference(facts)} переслано за належністю. "
            f"Кому переслано: {facts.forwarded_to}.",
            why,
            facts.words,
        ],
    )


def _covering(facts: Facts) -> _Body:
    what = "запит на інформацію" if facts.is_request else "звернення"
    ground = (
        f"частини третьої статті 22 {_REQUESTS}"
        if facts.is_request
        else f"частини третьої статті 7 {_APPEALS}"
    )
    applicant = facts.applicant.organisation or facts.applicant.name
    return (
        f"Про розгляд {_of_what(facts)} за належністю",
        [
            f"На підставі {ground} надсилаємо за належністю {what} від "
            f"{format_day(facts.registered_on)} № {facts.number}"
            + (f" (заявник: {applicant})." if applicant else "."),
            "Просимо розглянути порушені питання в межах повноважень і надати відповідь "
            "заявникові. Про пересилання його повідомлено.",
            facts.words,
        ],
    )


def _return_body(facts: Facts) -> _Body:
    return (
        "Про повернення звернення",
        [
            f"{_appeal_reference(facts)} повертаємо, бо "
            f"{_RETURNED[Appeal.ReturnedFor(facts.ground)]}.",
            f"Чого бракує: {facts.words}",
            "Доповнене звернення можна подати знову.",
        ],
    )


def _refusal_body(facts: Facts) -> _Body:
    ground = Appeal.RefusedFor(facts.ground)
    because = "" if ground == Appeal.RefusedFor.INCAPABLE else "бо "
    return (
        f"Про припинення розгляду {_of_what(facts)}",
        [
            f"{_appeal_reference(facts)} залишено без розгляду, {because}{_REFUSED[ground]}.",
            facts.words,
            _decision_line(facts),
        ],
    )


def _moved_term_body(facts: Facts) -> _Body:
    return (
        "Про розгляд за правилами адміністративної процедури",
        [
            f"{_appeal_reference(facts)} розглядаємо як адміністративну справу "
            f"за Законом України «Про "
            f"адміністративну процедуру» (стаття 12 {_APPEALS}): у строк до тридцяти днів, який "
            "може бути продовжено не більше ніж на п’ятнадцять днів.",
            facts.words,
        ],
    )


_BODIES: dict[LetterKind, Callable[[Facts], _Body]] = {
    LetterKind.ANSWER: _answer,
    LetterKind.EXTENDED: _extension_body,
    LetterKind.POSTPONED: _postponement_body,
    LetterKind.FEE: _fee,
    LetterKind.FORWARDED: _forwarding_body,
    LetterKind.COVERING: _covering,
    LetterKind.RETURNED: _return_body,
    LetterKind.REFUSED: _refusal_body,
    LetterKind.MOVED: _moved_term_body,
}
