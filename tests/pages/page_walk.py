"""A town in which every page has something to show."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from django.core import mail

from accounts.data.access_log import record_access
from accounts.models import Absence, CheckList, Export, Grant, User
from accounts.paper.actions import new_sheet, register
from accounts.residence import actions as residence
from accounts.residence.checking import Proof, make_list
from accounts.residence.printing import print_letters
from accounts.staff import actions as grants
from appeals.models import Appeal
from city.models import Department, District, Street, Theme
from consultations.costs.models import Cost
from consultations.life import actions as life_actions
from consultations.models import Attachment, Consultation, Link, Remark, State
from consultations.papers import actions as paper_actions
from consultations.pictures import actions as picture_actions
from consultations.polls import actions as poll_actions
from consultations.register import actions as register_actions
from consultations.remarks import actions
from core.db.search import document
from core.domain import clock
from core.domain.calendar import local_date
from discussions import actions as discussion
from discussions.models import Comment, HideReason
from drafts.clauses.anchors import make
from drafts.models import Clause
from drafts.versions import actions as drafts
from moderation.contests import actions as contests
from moderation.lists import actions as lists_actions
from moderation.models import Contest
from notifications.sending import mailbox
from organisations.models import Organisation
from petitions.models import Answer, DayTotal, News, Petition, PetitionPhoto, Signature, Step, Total
from petitions.models import State as PetitionState
from petitions.photos import actions as photo_actions
from petitions.talk import actions as petition_talk
from tests import factories, factors
from tests.access import appeals_desk, appeals_filing, published, signing
from tests.appeals import factories as of_appeals
from tests.city.maps.geojson import put_on_map
from tests.newsroom.factories import photo
from tests.pages import as_appeal, companies, decided, flooded, reported, settled
from tests.petitions import factories as of_petitions
from tests.votes import crowd
from tests.votes import factories as of_polls
from votes.ballots import actions as polling_cast
from votes.life import actions as polling_life
from votes.models import PaperBallot, Poll, Text
from votes.models import State as PollState
from votes.texts import actions as polling

FIRST = """Про затвердження Порядку розміщення літніх майданчиків

Керуючись Законом України «Про місцеве самоврядування в Україні», міська рада вирішила:

1\\. Затвердити Порядок розміщення літніх майданчиків (додаток 1).

2\\. Установити, що майданчик працює з 8:00 до 22:00.

2.1. У дні свят майданчик працює до 23:00.

3\\. Контроль за виконанням рішення покласти на постійну комісію.

Додаток 1

до рішення міської ради

Розміри плати

| Зона | Вулиці | Літній майданчик, грн | Тихий майданчик, грн |
| --- | --- | --- | --- |
| І | Площа Копрова, проспект Гірників, бульвар Каштановий | 160 | 80 |
| ІІ | Решта вулиць району Центр | 110 | 55 |
"""
SECOND = FIRST.replace("8:00 до 22:00", "9:00 до 21:30")
THIRD = SECOND.replace("до 23:00", "до півночі").replace("3\\. Контроль", "4\\. Контроль")
PEOPLE = [("Олена Коваль", "olena@viche.example"), ("Богдан Лис", "")]
LONG_WORD = "електроенергопостачальницькогенеруюча" * 3


@dataclass
class PageWalk:
    """The people by name, and the things that pages are about."""

    people: dict[str, User]
    opened: Consultation
    states: dict[str, Consultation]
    said: Remark  # olena's own, answered by ofi and bohdan
    his: Remark  # bohdan's, of selected words
    hidden: Remark
    contest: Contest  # charlie's, of the hidden remark
    preview: Clause
    attachment: Attachment
    link: Link
    letter: str  # the name of a kept mail
    expired_export: Export  # bohdan's
    terrace: Organisation  # firm's
    regulatory: Consultation  # open, asks businesses what it would cost
    regulated: Consultation  # the same, with its report
    companies: companies.Companies
    checks: CheckList  # waits for a second officer
    duty: Grant  # mo's, for the open consultation alone
    absence: Absence  # ofi's
    passkey: Authenticator  # mo's, who has an app too; ofi has an app alone
    polls: dict[str, Poll]
    sheet: PaperBallot  # of the open poll, typed by admin
    code: str  # on paper, of the poll by a list
    petitions: dict[str, Petition]  # olena's, one in each state, signed by a few
    flooded: flooded.Flooded  # olena's, signed by a machine too
    alike: Petition  # olena's draft, like those that are published
    signers: signing.Signers  # by mail, of the petition that collects; charlie signed "reached"
    comment: Comment  # bohdan's, of the petition that collects; olena has answered it
    hidden_comment: Comment
    decided: decided.Decided
    desk_appeals: appeals_desk.DeskAppeals
    published: published.Published
    own_appeals: appeals_filing.OwnAppeals
    notes: list[str] = field(default_factory=list)


def build(people: dict[str, User], department: Department) -> PageWalk:
    """Everything once. MEDIA_ROOT and MAIL_KEPT_AT must be the test's own."""
    ofi, olena, bohdan, mo = (people[name] for name in ("ofi", "olena", "bohdan", "mo"))
    version = drafts.import_draft(FIRST.encode(), name="draft.md", title="Літні майданчики")
    drafts.publish(version)
    drafts.publish(drafts.import_version(version.draft, SECOND.encode(), name="draft.md", by=ofi))
    states = {
        state: factories.consultation(department, state)
        for state in State.values
        if state != State.OPEN
    }
    opened = factories.consultation(
        department,
        draft=version.draft,
        text=None,
        title="Порядок розміщення літніх і тихих майданчиків закладів харчування біля житла",
        problem="Майданчики ставлять де завгодно.",
        options="Не робити нічого; заборонити; упорядкувати.",
        affected="Мешканці центру, заклади харчування.",
        short_period_reason="Сезон починається за місяць.",
        on_paper="Пишіть на пл. Рудникову, 1.",
    )
    opened.themes.add(*Theme.objects.all()[:2])
    last_day = local_date(opened.closes_at).replace(day=28)
    if last_day > local_date(opened.closes_at):
        life_actions.change_dates(
            opened,
            by=ofi,
            opens_on=local_date(opened.opens_at),
            last_day=last_day,
            reason="Просять мешканці.",
        )
        opened.refresh_from_db()
    attachment = paper_actions.attach(
        opened, by=ofi, title="Пояснювальна записка", file=io.BytesIO(b"%PDF-1.7\n%%EOF")
    )
    for is_cover in (True, False):
        picture_actions.add(
            opened,
            by=ofi,
            file=io.BytesIO(photo(600, 400 + is_cover)),
            alt="Собака на повідку",
            credit="Фото: О. Коваль, CC BY 4.0",
            is_cover=is_cover,
        )
    link = paper_actions.add_link(
        opened, by=ofi, title="Мапа майданчиків", url="https://viche.example/"
    )
    register_actions.enter(
        opened,
        by=ofi,
        source="letter",
        received_on=opened.opens_on,
        author_name="Рада школи № 3",
        text="Просимо залишити прохід для візочків.",
        contact="вул. Шкільна, 1",
    )
    said, his, hidden = _talk(opened, olena, bohdan, people["charlie"])
    reply = actions.answer(said, by=ofi, text="Враховано: **у новій редакції** до 21:00.")
    actions.correct(said, reply, by=ofi, text="Враховано: **у новій редакції** до 21:30.")
    actions.reply(said, by=bohdan, text="Підтримую.")
    settled.build(said, his, hidden, by=ofi)
    discussion.flag(his.comment, by=olena, reason=HideReason.OFF_TOPIC, details="Не про те.")
    discussion.hide(hidden.comment, by=mo, reason=HideReason.SPAM, note="Реклама.")
    contest = contests.make(hidden.comment, by=people["charlie"], words="Столи – це про проєкт.")
    lists_actions.add_words(["реклама", LONG_WORD], by=mo)
    lists_actions.save_reason(by=mo, rule=HideReason.SPAM, note="Без реклами, будь ласка.")
    drafts.import_version(version.draft, THIRD.encode(), name="draft.md", by=ofi)
    preview = Clause.objects.filter(version__draft=version.draft, version__published_at=None)
    letter = mail.EmailMultiAlternatives("Вашому зауваженню відповіли", "Слова.", to=[olena.email])
    letter.attach_alternative("<p>Слова <b>відповіді</b>.</p>", "text/html")
    mailbox.KeptMail().send_messages([letter])
    for user in (mo, ofi):
        factors.connect_app(user)
    waiting = _homes(people)
    record_access(ofi, olena, "residence.check")
    now = clock.now()
    day = timedelta(days=1)
    expired = Export.objects.create(user=bohdan, ready_at=now - 2 * day, expires_at=now - day)
    Export.objects.create(
        user=people["firm"], file="none.zip", size=40_000, ready_at=now, expires_at=now + day
    )
    Export.objects.create(user=people["charlie"], done=7, total=30)
    reported.build(states, people)
    polls = _polls(ofi, department)
    poll_actions.attach_poll(states[State.REPORTED], polls["open"], by=ofi)
    business = _business(people, department)
    petitions = _petitions(people, department)
    for height in (400, 410):
        photo_actions.add(
            petitions["petitions"]["draft"],
            by=people["olena"],
            file=io.BytesIO(photo(600, height)),
            alt="Яма на дорозі",
        )
    PetitionPhoto.objects.filter(height=410).update(petition=petitions["petitions"]["collecting"])
    polls["located"] = _located(
        ofi, department, put_on_map(opened, petitions["petitions"]["collecting"])
    )
    return PageWalk(
        expired_export=expired,
        people=people,
        companies=companies.build(people, business["regulatory"]),
        decided=decided.build(people, department),
        desk_appeals=_desk_appeals(people, department),
        published=published.build(people, department),
        own_appeals=appeals_filing.build(people),
        passkey=factors.add_passkey(mo),
        opened=opened,
        states={**states, State.OPEN: opened},
        said=said,
        his=his,
        hidden=hidden,
        contest=contest,
        preview=preview.get(number="2.1"),
        attachment=attachment,
        link=link,
        letter=Path(next(mailbox.load_mails()).name).name,
        **business,
        checks=waiting,
        **_staff(people, opened),
        **petitions,
        polls=polls,
        sheet=of_polls.sheet(polls["open"], people["admin"]),
        code=of_polls.codes_of(polls["listed"])["Богдан Лис"],
    )


#: Names with words as long as the city's.
SQUARES = [{"text": f"Сквер {name}"} for name in ("Залізничників", "Рудознавців", "Пам’яті")]
#: A question with a large figure.
BUDGET = {
    "text": "Як поділити гроші?",
    "kind": "points",
    "budget": 500_000,
    "in_hryvnias": True,
    "options": SQUARES,
}


def _desk_appeals(people: dict[str, User], department: Department) -> appeals_desk.DeskAppeals:
    """With the head of the body, who was asked to decide about three of them."""
    people["mayor"], people["office"] = of_appeals.mayor(), of_appeals.registrar()
    made = appeals_desk.build(people, department)
    for name in ("received", "in_work", "answered"):
        pk = made.by_name[name].pk
        Appeal.objects.filter(pk=pk).update(decision_asked_at=clock.now())
    return made


def _polls(ofi: User, department: Department) -> dict[str, Poll]:
    """One with every kind of question, a secret one, and both with their results; two by a list."""
    secret = {"secrecy": Poll.Secrecy.SECRET}
    illustrated = of_polls.poll(ofi, department, PollState.DRAFT, people=PEOPLE, random_order=True)
    of_polls.illustrate(illustrated, ofi)
    return {
        "listing": of_polls.poll(ofi, department, PollState.DRAFT, people=PEOPLE),
        "listed": polling_life.schedule(illustrated, by=ofi),
        "draft": of_polls.poll(ofi, department, PollState.DRAFT),
        "open": of_polls.poll(ofi, department, questions=[*of_polls.ALL_KINDS, BUDGET]),
        "secret": of_polls.poll(ofi, department, **secret),
        "scheduled": of_polls.poll(ofi, department, PollState.SCHEDULED),
        "cancelled": of_polls.poll(ofi, department, PollState.CANCELLED),
        "closed": of_polls.poll(ofi, department, PollState.CLOSED),
        "extended": _extended(ofi, department),
        "counted": of_polls.poll(
            ofi, department, PollState.PUBLISHED, questions=of_polls.ALL_KINDS
        ),
        "unsealed": of_polls.poll(ofi, department, PollState.PUBLISHED, **secret),
        "kept": of_polls.kept(ofi, department),
        "shut": of_polls.end(of_polls.poll(ofi, department, **secret)),
        "split": _counted(ofi, department, splits=True),
        "named": _counted(ofi, department, secrecy=Poll.Secrecy.NAMED),
    }


def _located(ofi: User, department: Department, streets: list[Street]) -> Poll:
    """Open, of options that are in streets of the map and in a district."""
    question = {
        "text": "Що оновити першим?",
        "kind": "single",
        "options": [
            *(SQUARES[place] | {"street": street} for place, street in enumerate(streets)),
            SQUARES[2] | {"district": streets[0].district},
        ],
    }
    return of_polls.poll(ofi, department, questions=[question], results_while_open=True)


def _extended(ofi: User, department: Department) -> Poll:
    """Open for longer than was announced, with an answer in words of charlie's that is hidden."""
    poll = of_polls.poll(ofi, department, questions=of_polls.ALL_KINDS)
    charlie, mo = (User.objects.get(email=f"{key}@viche.example") for key in ("charlie", "mo"))
    polling_cast.cast(poll, by=charlie, choices=of_polls.filled(poll))
    hidden = Text.objects.get(question__poll=poll)
    polling.hide(hidden, by=mo, read=hidden.text, reason=HideReason.SPAM)
    later = clock.now() + timedelta(days=20)
    polling_life.extend(poll, by=ofi, closes_at=later, reason="Багато хто у відпустці.")
    return poll


def _counted(ofi: User, department: Department, **fields: Any) -> Poll:
    """With rounds, groups and words, and its results."""
    runoff = of_polls.RANKED | {"method": "runoff", "options": SQUARES}
    poll = of_polls.poll(
        ofi,
        department,
        questions=[*of_polls.ALL_KINDS, runoff],
        voters=Poll.Voters.RESIDENTS,
        **fields,
    )
    filled, last = of_polls.filled(poll), poll.questions.last()
    options = list(last.options.values_list("pk", flat=True))
    for place, district in enumerate(District.objects.order_by("pk")[:2]):
        for age in (16, 18):
            choices = filled | {str(last.pk): options[place % 3 :]}
            crowd.vote(poll, 6 + place, choices, district=district, age=age)
    crowd.vote(poll, 6, filled | {str(last.pk): options[2:]})
    crowd.publish(poll, ofi)
    first = Text.objects.filter(question__poll=poll).order_by("pk").first()
    polling.show(first, by=User.objects.get(email="mo@viche.example"), read=first.text)
    return poll


def _petitions(people: dict[str, User], department: Department) -> dict[str, Any]:
    """One in each state, and a draft that asks for the same."""
    made, olena = {}, people["olena"]
    for state in PetitionState.values:
        petition = of_petitions.petition(olena, state, department=department)
        petition.search = document(A=petition.title, B=petition.text)
        petition.save(update_fields=["search"])
        if petition.published_at:
            of_petitions.signatures(petition, 3)
            Total.objects.filter(petition=petition).update(counted=3)
        made[state] = petition
    made["as_appeal"] = as_appeal.build(olena, department)
    alike = of_petitions.petition(olena, PetitionState.DRAFT, title="Велодоріжка для Гірників")
    comment, hidden = _said_of(made[PetitionState.COLLECTING], people)
    _answer(made[PetitionState.ANSWERED], people["ofi"])
    Signature.objects.create(petition=made[PetitionState.REACHED], user=people["charlie"])
    return {
        "petitions": made,
        "signers": signing.build(made),
        "flooded": flooded.build(people),
        "alike": alike,
        "comment": comment,
        "hidden_comment": hidden,
    }


def _said_of(petition: Petition, people: dict[str, User]) -> tuple[Comment, Comment]:
    """Days of signatures, news, and what is said."""
    olena, bohdan = people["olena"], people["bohdan"]
    today = local_date(clock.now())
    for ago, counted in ((9, 1), (2, 2)):
        day = today - timedelta(days=ago)
        DayTotal.objects.create(petition=petition, day=day, counted=counted)
    News.objects.create(
        petition=petition, by=olena, title="Ми зустрілися з головою", text="…", html="<p>Так.</p>"
    )
    comment = petition_talk.comment(petition, by=bohdan, text="Підтримую: **давно пора**.")
    petition_talk.reply(petition, comment, by=olena, text="Дякую.")
    hidden = petition_talk.comment(petition, by=people["charlie"], text="Реклама.")
    discussion.hide(hidden, by=people["mo"], reason=HideReason.SPAM, note="Порушує правила")
    return comment, hidden


def _answer(petition: Petition, ofi: User) -> None:
    """With a promise kept, one broken and one ahead."""
    today = local_date(clock.now())
    Answer.objects.create(
        petition=petition,
        asked="Прокласти велодоріжку.",
        decided="Велодоріжку прокладуть до осені.",
        by=ofi,
        signed_as="Міський голова",
    )
    step = {"petition": petition, "by": ofi}
    Step.objects.create(**step, text="Виготовити проєкт", due_on=today, done_on=today, note="Є.")
    Step.objects.create(**step, text="Оголосити закупівлю", due_on=today - timedelta(days=1))
    Step.objects.create(**step, text="Прокласти", due_on=today + timedelta(days=90))


def _staff(people: dict[str, User], opened: Consultation) -> dict[str, Any]:
    """Mo has held more than she does; ofi has been away, and is away again."""
    ofi, mo, now = people["ofi"], people["mo"], clock.now()
    duty = grants.grant(mo, by=people["admin"], role="moderator", scope=opened.topic, reason="…")
    gone = grants.grant(mo, by=people["admin"], role="administrator", reason="на час відпустки")
    grants.revoke(gone, by=people["admin"], reason="відпустка скінчилася")
    week = {"starts_at": now, "ends_at": now + timedelta(days=7)}
    grants.end_cover(grants.name_cover(ofi, people["admin"], by=ofi, **week), by=ofi)
    absence = grants.name_cover(ofi, people["admin"], by=ofi, reason="відпустка", **week)
    return {"duty": duty, "absence": absence}


def _homes(people: dict[str, User]) -> CheckList:
    """Firm has a letter on its way, charlie asked for one, bohdan is checked and moved once; olena
    has said nothing; maria, who comes to the town here, has no e-mail. Returns a list of checks
    that waits for another officer than ofi."""
    ofi, bohdan = people["ofi"], people["bohdan"]
    north = District.objects.create(name="Північний", slug="north")
    south = District.objects.create(name="Південний", slug="south")
    residence.declare(people["firm"], district=north, address="вул. Рудна, 4, кв. 2")
    residence.ask_letter(people["firm"])
    print_letters(by=ofi)
    residence.declare(people["charlie"], district=south, address="вул. Нова, 1")
    residence.ask_letter(people["charlie"])
    residence.declare(bohdan, district=south, address="вул. Нова, 3")
    residence.check(bohdan, district=north, how="office", by=ofi)
    people["maria"] = register(
        by=ofi, given_name="Марія", family_name="Яценко", phone="+380671234567", district=north
    )
    new_sheet(people["maria"], by=ofi)
    proofs = [
        Proof(factories.user(f"list{number}"), "id_card", True, 18, north, "registered")
        for number in range(6)
    ]
    return make_list(proofs, by=ofi)


def _business(people: dict[str, User], department: Department) -> dict[str, Any]:
    """A company, what it says, and what a regulatory draft costs it and others."""
    firm, ofi = people["firm"], people["ofi"]
    procedure = factories.procedure("regulatory-act")
    regulatory, regulated = (
        factories.consultation(department, state, procedure=procedure)
        for state in (State.OPEN, State.REPORTED)
    )
    terrace = factories.organisation("ТОВ «Тераса на бульварі Каштановому»", firm)
    others = [factories.organisation(f"ТОВ «Сусід {number}»") for number in range(4)]
    said = actions.remark(
        regulatory,
        by=firm,
        text="Для нас це зарплата баристи.",
        organisation_id=terrace.pk,
        interest="маємо майданчик на 24 м²",
    )
    actions.answer(said, by=ofi, text="Врахуємо.")
    for consultation in (regulatory, regulated):
        for place, each in enumerate([terrace, *others]):
            Cost.objects.create(
                consultation=consultation,
                organisation=each,
                size=each.size,
                hours_once=place * 9,
                money_yearly=9_240 * (place + 1),
                note="24 м² у ІІ зоні" if each == terrace else "",
                by=each.registered_by,
            )
    return {"terrace": terrace, "regulatory": regulatory, "regulated": regulated}


def _talk(opened: Consultation, olena: User, bohdan: User, charlie: User) -> tuple[Remark, ...]:
    """Each kind of remark, on each kind of place."""
    clauses = opened.draft.versions.get(number=2).clauses
    second = clauses.get(number="2")
    at = second.text.index("9:00")
    words = "9:00 до 21:30"
    his = actions.remark(
        opened,
        by=bohdan,
        text="Це *рано*: дивіться [тут](https://viche.example/).\n\n- раз\n- два",
        clause_id=second.pk,
        quote=make(second.text, at, at + len(words)),
    )
    actions.remark(
        opened,
        by=bohdan,
        kind=Remark.Kind.WORDING,
        text="Так зрозуміліше.",
        proposal=second.text.replace("9:00", "10:00"),
        clause_id=second.pk,
    )
    actions.remark(opened, by=charlie, kind=Remark.Kind.QUESTION, text=f"{LONG_WORD}?")
    hidden = actions.remark(opened, by=charlie, text="Купуйте столи!", clause_id=second.pk)
    gone = actions.remark(opened, by=charlie, text="Ой.")
    actions.delete_remark(gone, by=charlie)
    said = actions.remark(opened, by=olena, text="Після 21:00 сплять діти.", clause_id=second.pk)
    actions.change_remark(said, by=olena, text="Після 21:00 під вікнами сплять діти.")
    actions.react(said, by=bohdan, value=1)
    actions.react(his, by=olena, value=-1)
    return said, his, hidden
