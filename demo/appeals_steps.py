"""Demo data of the desk of appeals: an urgent request, an organisation's letter, a correction, a
shortened term, a request that is refused in part, one whose copies cost something, and drafts and
appeals that wait for a head.
"""

from __future__ import annotations

from collections.abc import Mapping

from accounts.models import User
from appeals import actions
from appeals.actions import About, Description
from appeals.models import Answer, Appeal, Category
from city.models import Department
from core.domain import clock
from core.domain.calendar import ONE_DAY, WorkCalendar, local_date
from demo import city

#: An invented company; the check digit of its ЄДРПОУ is right.
#: One that the head of the body is asked to decide about (appeals.toml).
ASKED = "Автобус № 12 не зупиняється на вимогу"
BAKERY, BAKERY_CODE = "ТОВ «Рудникова паляниця»", "44000015"


def load_appeal_steps(people: Mapping[str, User], calendar: WorkCalendar) -> None:
    """By the actions, today: after all other appeals, so that numbers stand in their order."""
    clerk = User.objects.get(email=city.email_of("kalyna"))
    _file_urgent_request(people["olena"])
    _register_letter(clerk, people["ruslan"])
    _shorten(clerk, people["bohdan"], calendar)
    _refuse_a_part(clerk, people["olena"])
    _ask_fee(clerk, people["firm"], calendar)
    asked = Appeal.objects.get(subject=ASKED)
    question = "Про це заявник уже писав у серпні, відповідь надано по суті. Чи розглядати знову?"
    actions.ask_head(asked, by=clerk, words=question)
    for answer in Answer.objects.filter(sent_at=None, approved_at=None).select_related("appeal"):
        actions.ask_approval(answer.appeal, by=answer.by)


def _refuse_a_part(clerk: User, author: User) -> None:
    """A request, of which names and addresses are refused and the rest is given."""
    filed = actions.file(
        by=author,
        kind=Appeal.Kind.REQUEST,
        name="Ткаченко Олена Сергіївна",
        email=author.email,
        subject="Список отримувачів допомоги на ремонт даху",
        text="Прошу надати список отримувачів матеріальної допомоги на ремонт даху за рік із "
        "прізвищами, адресами й сумами.",
    )
    office = Department.objects.get(slug="office")
    appeal = actions.accept(filed.appeal, by=clerk, department=office, officer=clerk)
    why = actions.Grounds(
        ground="restricted",
        part="адреси будинків, за якими можна визначити стан здоров’я мешканців",
        reason="Адреси разом із підставою допомоги розкривають відомості про здоров’я осіб, згоди "
        "яких рада не має (стаття 7 Закону України «Про захист персональних даних»).",
        interest="захист прав інших людей: відомості про стан здоров’я",
        harm="розголошення адрес дало б змогу встановити, хто з мешканців має тяжку хворобу",
        balance="для контролю за видатками досить прізвищ і сум, які надано",
    )
    text = "Прізвища отримувачів і суми за кожним рішенням – у таблиці, що додається."
    actions.refuse_request(appeal, by=clerk, why=why, text=text)
    actions.approve(appeal, by=User.objects.get(email=city.email_of("nazar")))
    actions.answer(appeal, by=clerk, how="page")


def _ask_fee(clerk: User, author: User, calendar: WorkCalendar) -> None:
    """A request whose copies have to be paid for."""
    filed = actions.file(
        by=author,
        kind=Appeal.Kind.REQUEST,
        name="Савчук Ірина Петрівна",
        email=author.email,
        subject="Копії технічних паспортів приміщень",
        text="Прошу надати паперові копії технічних паспортів п’яти вільних приміщень.",
    )
    office = Department.objects.get(slug="office")
    appeal = actions.accept(filed.appeal, by=clerk, department=office, officer=clerk)
    pay_by = calendar.add_working_days(local_date(clock.now()), 10)
    actions.ask_fee(appeal, by=clerk, pages=64, pay_by=pay_by)


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
    """Register an organisation's letter, accepted as an application, which turns out to be a
    proposal.
    """
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
