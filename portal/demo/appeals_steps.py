"""What the demo city's desk of appeals has at hand: an urgent request, an organisation's letter,
a correction, a shortened term, and a draft that waits for its head."""

from __future__ import annotations

from collections.abc import Mapping

from accounts.models import User
from appeals import actions
from appeals.actions import About, Description
from appeals.models import Answer, Appeal, Category
from city.models import Department
from core.domain import clock
from core.domain.calendar import ONE_DAY, WorkCalendar, local_date
from portal.demo import city

#: An invented company; the check digit of its ЄДРПОУ is right.
BAKERY, BAKERY_CODE = "ТОВ «Рудникова паляниця»", "44000015"


def load_appeal_steps(people: Mapping[str, User], calendar: WorkCalendar) -> None:
    """By the actions, today: after all other appeals, so that numbers stand in their order."""
    clerk = User.objects.get(email=city.email_of("kalyna"))
    _file_urgent_request(people["olena"])
    _register_letter(clerk, people["ruslan"])
    _shorten(clerk, people["bohdan"], calendar)
    for answer in Answer.objects.filter(sent_at=None, approved_at=None).select_related("appeal"):
        actions.ask_approval(answer.appeal, by=answer.by)


def _file_urgent_request(author: User) -> None:
    actions.file(
        by=author,
        kind=Appeal.Kind.REQUEST,
        is_urgent=True,
        name="Ткаченко Олена Сергіївна",
        email=author.email,
        subject="Якість води в районі Шахтарської",
        text="Прошу надати результати досліджень питної води за останній тиждень: з крана на "
        "вулиці Шахтарській тече каламутна вода з різким запахом.",
    )


def _register_letter(clerk: User, officer: User) -> None:
    """Of an organisation; accepted as an application, which turns out to be a proposal."""
    filed = actions.file(
        by=clerk,
        via=Appeal.Via.LETTER,
        kind=Appeal.Kind.APPLICATION,
        organisation_name=BAKERY,
        organisation_code=BAKERY_CODE,
        name="Пекарська Ірина Олегівна",
        residence="вул. Рудна, 40",
        received_at=clock.now(),
        subject="Розвантаження товару до восьмої ранку",
        text="Пропонуємо дозволити розвантаження хліба на вулиці Рудній з шостої до восьмої "
        "ранку, поки немає затору.",
    )
    housing = Department.objects.get(slug="housing")
    appeal = actions.accept(filed.appeal, by=clerk, department=housing, officer=officer)
    actions.correct(
        appeal,
        by=clerk,
        to=Description(
            kind=Appeal.Kind.PROPOSAL,
            category=Category.objects.filter(code="В-01").first(),
            about=About(),
        ),
    )


def _shorten(clerk: User, author: User, calendar: WorkCalendar) -> None:
    filed = actions.file(
        by=author,
        kind=Appeal.Kind.APPLICATION,
        name="Мельник Богдан Ігорович",
        residence="бульв. Каштановий, 31, кв. 8",
        email=author.email,
        subject="Відключення опалення на час ремонту",
        text="Прошу повідомити, коли відновлять опалення. Прошу скоротити строк розгляду: вдома "
        "немовля, а ремонт триває другий тиждень.",
    )
    housing = Department.objects.get(slug="housing")
    appeal = actions.accept(filed.appeal, by=clerk, department=housing)
    until = calendar.next_working_day(local_date(clock.now()) + 5 * ONE_DAY)
    actions.shorten(appeal, by=clerk, until=until, reason="Удома немовля, опалення немає.")
