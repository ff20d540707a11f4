"""What is sent through each route that takes something, filled so that whoever may, succeeds.

An empty form would be sent back to everybody alike, and tell nothing of the rule behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from accounts.hand_overs.forms import KEEP, HandOverForm
from accounts.hand_overs.queries import work_of_person
from accounts.models import User
from city.models import MartialLawPeriod
from core.domain import clock
from core.domain.calendar import local_date
from portal.city.forms import PeriodForm
from portal.city.views_martial_law import find_moved, marks_of
from tests.access import (
    appeals_desk,
    appeals_filing,
    checklist,
    decisions,
    defence,
    dispositions,
    documents,
    following,
    indicators,
    insights,
    meetings_desk,
    meetings_public,
    meetings_registered,
    meetings_special,
    newsroom,
    petitions,
    pictures,
    polls,
    press,
    published,
    services,
    signing,
    talk,
)
from tests.access.city import City
from tests.access.clients import Step
from tests.factories import PASSWORD

Data = dict[str, Any]
Filled = Callable[[City, tuple[Any, ...]], Data]


def _same(**data: Any) -> Filled:
    return lambda city, arguments: data


def _keep_work(city: Any, arguments: Any) -> dict[str, Any]:
    """All that is open in the person's name was seen, and stays."""
    whose, admin = User.objects.get(pk=arguments[0]), city.people["admin"]
    items = work_of_person(whose, User.objects.get(pk=admin.pk)).items
    form = HandOverForm(items=items, offered=[])
    return {"to_all": KEEP, "seen": form["seen"].value()} if items else {}


def _seen(**data: Any) -> Filled:
    """A period of martial law, and that the deadlines which it moves were shown."""

    def filled(_city: City, arguments: tuple[Any, ...]) -> Data:
        period = MartialLawPeriod.objects.filter(pk__in=arguments).first()
        form = PeriodForm(data, instance=period)
        assert form.is_valid()
        return data | {"seen": marks_of(find_moved(form))}

    return filled


def _described(city: City, arguments: tuple[Any, ...]) -> Data:
    found = next(each for each in city.by_state.values() if each.pk == arguments[0])
    return {
        "procedure": found.procedure_id,
        "department": found.department_id,
        "title": "Інша назва",
        "summary": "a",
        "brief": "a",
        "contact_person": "b",
        "contact_details": "c",
    }


def _new(city: City, arguments: tuple[Any, ...]) -> Data:
    return _described(city, (city.preparing.pk,)) | {"title": "Нова"}


def _dates(city: City, arguments: tuple[Any, ...]) -> Data:
    found = next(each for each in city.by_state.values() if each.pk == arguments[0])
    return {"last_day": found.last_day.isoformat(), "reason": "треба"}


_NAMES = {"name": "Нова назва", "short_name": "Нова", "location": "вул. Нова, 3"}

#: Route -> its form, filled for the thing that the address names.
FORMS: dict[str, Filled] = {
    "channels:push": _same(
        endpoint="https://updates.push.services.mozilla.com/wpush/v2/a",
        p256dh="BB6HOzNC3eFlLmmvZ6cuHeKR_qrEMei7z22vFq9mTJFdNjIv2dmb5ooRjS96PsIcM31jbK_TTG_dZzujNw2o_DE",
        auth="MDEyMzQ1Njc4OWFiY2RlZg",
    ),
    "account_profile": _same(
        given_name="Інше", family_name="Імʼя", public_name_style="full", language="en"
    ),
    "account_reauthenticate": _same(password=PASSWORD),
    "account_email": _same(email="new@viche.example", action_add="on"),
    "consultations:speak": _same(kind="remark", text="слово"),
    "tracks:start": _same(text="слово"),
    "tracks_desk:suggest": _same(track="petition", words="слово"),
    "consultations:reply": _same(text="слово"),
    "consultations:edit": _same(text="інакше"),
    "consultations:react": _same(value="1"),
    "consultations:answer_place": _same(answer="yes"),
    "desk:enter": lambda city, arguments: {
        "source": "letter",
        "received_on": next(
            each for each in city.by_state.values() if each.pk == arguments[0]
        ).opens_on.isoformat(),
        "author_name": "Іван Бойко",
        "kind": "remark",
        "text": "слово з листа",
    },
    "desk:entry": lambda city, arguments: {
        "received_on": city.opened.opens_on.isoformat(),
        "author_name": "Іван Бойко",
        "text": "слово з листа, виправлене",
    },
    "city_desk:council": _same(
        name="Степове",
        name_locative="Степовому",
        council="Степова рада",
        address="вул. Нова, 1",
        phone="111-22-33",
        email="rada@step.example",
    ),
    "city_desk:looks": _same(brand="#1b6443"),
    "city_desk:synonyms": _same(lines="депо = гараж"),
    "city_desk:map": _same(attribution="Кадастр"),
    "city_desk:paste": _same(table="Назва\nНова назва"),
    "city_desk:ages": _same(from_14="200"),
    "city_desk:row": _same(name="Інший"),
    "city_desk:new_row": _same(name="Новий"),
    "city_desk:period": _seen(starts_on="2022-02-24", act="Інший указ"),
    "city_desk:new_period": _seen(starts_on="2000-01-01", ends_on="2000-02-01", act="Указ"),
    "desk:new_outage": _same(
        began_at="2026-01-05T10:00", ended_at="2026-01-05T12:00", what="Не було зв’язку"
    ),
    "desk:procedure": _same(note="Інша примітка"),
    "desk:new_procedure": _same(
        name="Порядок",
        legal_basis="Рішення",
        shortest=15,
        report_within=30,
        edition_within=5,
        shortest_unit="days",
        longest_unit="days",
        report_unit="days",
        report_must_hold="підсумок",
        participants="anyone",
        min_age=14,
        outage_days=1,
        martial_law_duty="mandatory",
    ),
    "staff:list": lambda city, arguments: {"email": city.people["olena"].email},
    "staff:grant": _same(role="moderator", reason="наказ"),
    "staff:invite": _same(
        email="new@viche.example", language="uk", role="moderator", reason="наказ"
    ),
    "staff:invite_many": _same(
        table="E-mail,Роль\nnew@viche.example,модератор", reason="наказ", language="uk"
    ),
    "staff:revoke": _same(reason="звільнення"),
    "staff:leave": lambda city, arguments: {"reason": "звільнення", **_keep_work(city, arguments)},
    "staff:reset_factors": _same(known_by="document"),
    "staff:cover": lambda city, arguments: {
        "cover": city.people["mo"].pk,
        "first_day": local_date(clock.now()).isoformat(),
        "last_day": local_date(clock.now()).isoformat(),
        **_keep_work(city, arguments),
    },
    "notes:write": _same(words="слово колезі"),
    "tokens:new": _same(name="Читач", scopes=["me:read"], days="30"),
    "my_data_erase": _same(word="видалити", words="видалити"),
    "identity:merge": _same(email="bohdan@viche.example"),
    "residence:declare": lambda city, arguments: {
        "district": city.registers.district.pk,
        "address": "вул. Нова, 2",
        "basis": "registered",
    },
    "residence:letter": _same(address="вул. Тиха, 1"),
    "people:search": lambda city, arguments: {"who": city.people["olena"].email},
    "people:register": lambda city, arguments: {
        "given_name": "Ганна",
        "family_name": "Без Пошти",
        "phone": "+380441234567",
        "district": city.registers.district.pk,
        "basis": "registered",
        "agreed": "on",
    },
    "people:check": _same(document="id_card", identity="on", age_over="18"),
    "consultations:say_cost": lambda city, arguments: {
        "hours_once": "2",
        "organisation": city.registers.confirmed.pk,
    },
    "organisations:register": _same(
        kind="legal", code="14360570", **_NAMES, contact="(000) 000-00-09", sector="I", size="micro"
    ),
    "organisations:edit": _same(**_NAMES, contact="(000) 000-00-09", sector="F", size="small"),
    "organisations:amend": _same(**_NAMES),
    "organisations:invite": _same(email="new@viche.example", scopes=["comment"]),
    "organisations:change": _same(scopes=["comment"]),
    "organisations_desk:confirm": _same(papers=["extract"]),
    "organisations_desk:refuse": _same(reason="немає такої"),
    "organisations_desk:head": _same(email="new@viche.example"),
    "organisations_desk:amendment": _same(reason="немає такої", accept="on", decision="accept"),
    "petitions:start_what": _same(title="Полагодити міст"),
    "petitions:start_alike": _same(title="Полагодити міст"),
    "petitions:start_text": _same(text="Полагодити."),
    "petitions:start_author": _same(author_name="Коваль Олена"),
    "petitions:withdraw": _same(reason="зроблено"),
    "petitions:news": _same(title="Новина", text="слово", step="send"),
    **pictures.FORMS,
    **checklist.FORMS,
    **{f"petitions:{name}": _same(**filled) for name, filled in talk.FORMS.items()},
    **{f"petitions:{name}": filled for name, filled in signing.FORMS.items()},
    **{name: _same(**filled) for name, filled in following.FORMS.items()},
    "petitions:objection": _same(text="Це я."),
    "petitions:objection_by_link": _same(text="Це я."),
    **{f"petitions_desk:{name}": filled for name, filled in petitions.FORMS.items()},
    **{f"appeals_desk:{name}": filled for name, filled in appeals_desk.FORMS.items()},
    **meetings_desk.FORMS,
    **published.FORMS,
    **{f"appeals:{name}": filled for name, filled in appeals_filing.FORMS.items()},
    **meetings_public.FORMS,
    **meetings_registered.FORMS,
    **meetings_special.FORMS,
    **press.FORMS,
    **{name: _same(**filled) for name, filled in indicators.FORMS.items()},
    **insights.FORMS,
    **newsroom.FORMS,
    **services.FORMS,
    **documents.FORMS,
    "votes:vote": polls.ballot,
    "votes:code": polls.code,
    **{f"votes_desk:{name}": filled for name, filled in polls.FORMS.items()},
    **{f"petitions_desk:{name}": filled for name, filled in defence.FORMS.items()},
    "moderation:report": _same(reason="spam"),
    "moderation:hold": lambda city, arguments: {
        f"p{arguments[0]}-hours": "6",
        f"p{arguments[0]}-reason": "навала",
    },
    "moderation:contest": _same(words="Це по суті"),
    "moderation:decide_contest": lambda city, arguments: {
        f"k{arguments[0]}-outcome": "overturned",
        f"k{arguments[0]}-reason": "по суті",
    },
    "moderation:add_words": _same(words="бузок"),
    "moderation:save_reason": _same(rule="spam", note="Без реклами, будь ласка"),
    "moderation:hide": lambda city, arguments: {
        f"c{arguments[0]}-reason": "spam",
        f"c{arguments[0]}-note": "Без реклами, будь ласка",
    },
    "moderation:show_text": _same(read="бузок"),
    "moderation:hide_text": lambda city, arguments: {
        "read": "бузок",
        f"t{arguments[0]}-reason": "spam",
    },
    **{f"desk:{name}": filled for name, filled in dispositions.FORMS.items()},
    **decisions.FORMS,
    "desk:new": _new,
    "desk:edit": _described,
    "desk:dates": _dates,
    "desk:withdraw": _same(reason="помилка"),
    "desk:report": _same(outcome="ухвалено"),
    "desk:report_costs": _same(micro_affected="5"),
    "desk:publish_report": _same(reason="помилка"),
    "desk:link": _same(**{"link-title": "a", "link-url": "https://a.ua/"}),
    "desk:answer": lambda city, arguments: {
        f"r{arguments[1]}-text": "офіційно",
        f"r{arguments[1]}-seen": city.newest_reply,
    },
    "desk:correct": _same(text="офіційно інакше"),
    "desk:clause": _same(text="Новий текст."),
    "desk:split": _same(**{"split-words": "майданчик"}),
    "desk:reword": _same(**{"reword-text": "Нові слова."}),
    "desk:matching": lambda city, arguments: {
        f"continues_{city.preview.pk}": str(city.preview.key)
    },
    "desk:repair": lambda city, arguments: {
        "do": "retype",
        "kind": "paragraph",
        "clause": str(city.preview.pk),
    },
    "desk:renumber": _same(
        **{"renumber-marker": "9.", "renumber-kind": "point", "renumber-depth": "0"}
    ),
}

#: Another kind of use of a route, as a line of its own: route -> what it is -> its form.
ALSO: dict[str, dict[str, Filled]] = {
    "consultations:speak": {"words": _same(begin="1", text="слово")},
    "petitions:start": {"words": _same(begin="1", text="слово")},
    "consultations:reply": {
        "official": lambda city, arguments: {
            "text": "слово",
            "official": "on",
            "seen": city.newest_reply,
        }
    },
}


def _found(city: City, arguments: tuple[Any, ...]) -> Step:
    """An officer sees the pages of whom she has looked up."""
    person = next(each for each in city.people.values() if each.pk == arguments[0])
    return reverse("people:search"), {"who": person.email}


#: Route -> what one does before one comes to it.
BEFORE: dict[str, Callable[[City, tuple[Any, ...]], Step]] = dict.fromkeys(
    ("people:person", "people:check", "people:sheet", "people:end_residence"), _found
)

#: Operation of the API -> its body, or what makes it for the things that the address names.
BODIES: dict[str, Data | Callable[[City, tuple[Any, ...]], Data]] = {
    "remarks_create": {"text": "слово"},
    "me_change": {"language": "en"},
    "signature_create": {},
    "ballot_create": polls.cast,
    "appeals_create": {
        "kind": "request",
        "text": "Прошу надати план ремонту доріг.",
        "name": "Коваль Олена",
    },
    "secret_ballot_create": polls.cast,
}
