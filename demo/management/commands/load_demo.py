"""`manage.py load_demo`: put the demo city Рудногірськ into an empty database."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from city.calendar import work_calendar
from demo import city, content, organisations, residents
from demo.appeal_figures import load_appeal_figures
from demo.appeals import load_appeals, shown_code
from demo.appeals_desk import load_appeals_desk
from demo.appeals_steps import load_appeal_steps
from demo.audit import begin_demo_record, load_audit, load_first_days
from demo.checklist import load_urgent_acts
from demo.consultations import load_consultation
from demo.decisions import load_decision
from demo.dispositions import load_dispositions
from demo.documents import load_documents
from demo.indicators import load_indicators
from demo.meetings import load_meetings
from demo.meetings_outcome import load_outcomes
from demo.meetings_registered import load_registrations
from demo.moderation import load_moderation
from demo.news import load_news
from demo.petitions import load_petitions
from demo.petitions_as_appeals import load_petitions_as_appeals
from demo.polls import load_polls
from demo.press import load_press
from demo.published_answers import load_published_answers
from demo.register import load_register
from demo.reports import load_reports
from demo.services import load_services
from demo.streets import load_map, load_streets
from demo.trust import load_trust, load_visits
from records.documents.filling import fill as fill_records
from search.entries import fill

_LOCK = 7_318_274_905  # of this command alone; a second run waits and then finds the city there


class Command(BaseCommand):
    help = (
        "Loads the demo city: its people, consultations, petitions and polls. Run again, it "
        "changes nothing. Prints the demo people's logins."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--logins", action="store_true", help="print the logins only, load nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                _("The demo city is loaded only where DEMO or DEBUG is set: this is no demo.")
            )
        with override(settings.LANGUAGE_CODE):
            if not options["logins"]:
                load()
            self.stdout.write(logins())


def load() -> bool:
    """Load the demo city as one transaction; returns whether it was missing."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        if User.objects.filter(email=city.email_of("admin")).exists():
            return False
        load_first_days()
        city.load_city()
        load_streets()
        load_map()
        people = city.load_people()
        residents.load_residents(people)
        organisations.load_organisations(people)
        organisations.load_claims(people)
        calendar = work_calendar()
        for slug in content.CONSULTATIONS:
            load_consultation(slug, people, calendar)
        load_register(people)
        load_dispositions(people)
        load_decision(people, calendar)
        load_urgent_acts(people, calendar)
        load_reports(people)
        load_appeals_desk(people)
        load_petitions(people, calendar)
        load_polls(people, calendar)
        # Before what is done to things that were loaded without an action.
        begin_demo_record(people)
        load_moderation(people)
        load_appeals(people, calendar)
        load_appeal_steps(people, calendar)
        load_published_answers()
        load_appeal_figures()
        load_petitions_as_appeals()
        load_meetings(people, calendar)
        load_registrations(people)
        load_outcomes(people, calendar)
        load_press(people, calendar)
        load_services(people)
        load_documents(people)
        load_visits()
        load_indicators(people)
        load_news(people)
        load_audit(people)
        load_trust()
        # Many things of the demo city are put in without an action.
        fill()
        fill_records()
    return True


def logins() -> str:
    """The table of demo logins: who, as what, by which e-mail; one password for all."""
    people = {
        user.email: user
        for user in User.objects.filter(
            email__in=[city.email_of(key) for key in city.SHOWN]
        ).prefetch_related("grants__department")
    }
    shown = [people[mail] for key in city.SHOWN if (mail := city.email_of(key)) in people]
    if not shown:
        return _("The demo city is not loaded.")
    rows = [(user.email, user.get_full_name(), _as(user)) for user in shown]
    mails, names = (max(len(row[at]) for row in rows) for at in (0, 1))
    return "\n".join(
        [
            _("Demo people; the password of each is %(password)s") % {"password": city.PASSWORD},
            *(f"  {row[0]:{mails}}  {row[1]:{names}}  {row[2]}" for row in rows),
            _("Staff also give a code: %(address)s") % {"address": "/dev/codes/"},
            _("Without e-mail: %(name)s. Print a sheet at %(address)s, by the telephone %(phone)s.")
            % {
                "name": f"{residents.HANNA['given_name']} {residents.HANNA['family_name']}",
                "address": "/desk/people/",
                "phone": residents.HANNA["phone"],
            },
            *_appeal_code(),
            _("A session of the council to watch, three minutes long: %(command)s")
            % {"command": "bin/demo play_meeting"},
        ]
    )


def _appeal_code() -> list[str]:
    """Numbers and secrets by which to read an appeal without an account."""
    shown = shown_code()
    if shown is None:
        return []
    number, code = shown
    words = _("An appeal without an account, at %(address)s: number %(number)s, code %(code)s")
    return [words % {"address": "/appeals/find/", "number": number, "code": code}]


def _as(user: User) -> str:
    held = [
        f"{grant.get_role_display()}, {grant.department}"
        if grant.department
        else str(grant.get_role_display())
        for grant in user.grants.all()
    ]
    return "; ".join(held) or _("resident")
