"""Letters about requests for information: refusal, postponement, fee (2939-VI).

Pure, and in Ukrainian as they are sent; appeals.letters.wording makes letters of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from appeals.models import Refusal
from core.export.official_letter import format_day


@dataclass(frozen=True, slots=True)
class RefusalFacts:
    """A refusal in an answer, as appeals.models.Refusal keeps it."""

    ground: str
    reason: str
    responsible: str
    part: str = ""
    interest: str = ""
    harm: str = ""
    balance: str = ""


@dataclass(frozen=True, slots=True)
class FeeFacts:
    """The cost of copies, as appeals.models.CopyFee keeps it."""

    pages: int
    price: Decimal
    total: Decimal
    account: str
    pay_by: date
    days_left: int


#: Each ground of the closed list, in the words of the law, with its point.
_GROUNDS = {
    Refusal.Ground.NOT_HELD: (
        1,
        "рада не володіє і не зобов’язана відповідно до її компетенції, передбаченої "
        "законодавством, володіти запитуваною інформацією",
    ),
    Refusal.Ground.RESTRICTED: (
        2,
        "запитувана інформація належить до інформації з обмеженим доступом відповідно до частини "
        "другої статті 6 цього Закону",
    ),
    Refusal.Ground.UNPAID: (
        3,
        "не оплачено передбачені статтею 21 цього Закону фактичні витрати, пов’язані з копіюванням "
        "або друком",
    ),
    Refusal.Ground.INCOMPLETE: (
        4,
        "не дотримано вимог до запиту на інформацію, передбачених частиною п’ятою статті 19 цього "
        "Закону",
    ),
}


def refused_request(
    refusal: RefusalFacts, named: str, words: str, day: str, law: str
) -> tuple[str, list[str]]:
    """The contents of 2939-VI art. 22(4); its points 4 and 5 stand below the text."""
    point, ground = _GROUNDS[Refusal.Ground(refusal.ground)]
    subject = "Про відмову в задоволенні запиту на інформацію"
    opening = f"{named} розглянуто. У його задоволенні відмовлено."
    if refusal.part:
        subject += " в частині"
        opening = (
            f"{named} розглянуто. У його задоволенні відмовлено в такій частині: {refusal.part}"
        )
    paragraphs = [
        opening,
        f"Підстава: пункт {point} частини першої статті 22 {law}: {ground}.",
        f"Мотиви: {refusal.reason}",
    ]
    if refusal.ground == Refusal.Ground.RESTRICTED:
        paragraphs += [
            "Доступ обмежено з дотриманням сукупності вимог частини другої статті 6 цього Закону:",
            f"1) інтерес, в якому обмежено доступ: {refusal.interest}",
            f"2) істотна шкода, якої може завдати розголошення: {refusal.harm}",
            "3) чому шкода від оприлюднення переважає суспільний інтерес в отриманні інформації: "
            f"{refusal.balance}",
        ]
    if refusal.part:
        paragraphs += [
            "Решту запитаної інформації надаємо: обмеженню підлягає інформація, а не документ "
            "(частина восьма статті 6 цього Закону)."
            if refusal.ground == Refusal.Ground.RESTRICTED
            else "Решту запитаної інформації надаємо.",
            words,
        ]
    return subject, [
        *paragraphs,
        f"Дата відмови: {day}.",
        f"Особа, відповідальна за розгляд запиту: {refusal.responsible}.",
    ]


def postponement_text(
    *, named: str, reason: str, until: str, day: str, responsible: str, law: str
) -> tuple[str, list[str]]:
    """The contents of 2939-VI art. 22(7)."""
    return "Про відстрочку в задоволенні запиту на інформацію", [
        f"{named} не може бути задоволено у встановлений законом строк унаслідок обставин "
        "непереборної сили.",
        f"Причини: {reason}",
        f"Запит буде задоволено не пізніше {until} включно.",
        f"Підстава: частини шоста і сьома статті 22 {law}.",
        f"Дата надсилання повідомлення про відстрочку: {day}.",
        f"Особа, відповідальна за розгляд запиту: {responsible}.",
    ]


def fee_body(fee: FeeFacts, named: str, law: str) -> tuple[str, list[str]]:
    """Pages, price, sum and account (2939-VI art. 21)."""
    return "Про відшкодування витрат на копіювання документів", [
        f"{named} передбачає виготовлення копій документів обсягом понад 10 сторінок, тому "
        f"фактичні витрати на копіювання відшкодовує запитувач (частина друга статті 21 {law}).",
        "\n".join(
            (
                f"Кількість сторінок: {fee.pages}",
                f"Вартість однієї сторінки: {hryvnias(fee.price)}",
                f"Разом до сплати: {hryvnias(fee.total)}",
                f"Рахунок: {fee.account}",
                f"Сплатити не пізніше: {format_day(fee.pay_by)}",
            )
        ),
        "Вартість сторінки встановила рада в межах граничних норм, які визначив Кабінет Міністрів "
        "України (частина третя статті 21).",
        "Решта строку розгляду запиту почнеться з дня, наступного за днем сплати. Робочих днів у "
        f"ній: {fee.days_left}.",
        "Якщо витрати не буде відшкодовано, у задоволенні запиту може бути відмовлено (пункт 3 "
        "частини першої статті 22).",
    ]


def hryvnias(amount: Decimal) -> str:
    """«1 234,50 грн»."""
    return f"{amount:,.2f} грн".replace(",", "\u00a0").replace(".", ",")
