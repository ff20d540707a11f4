"""Digests: content, recipients, once each, a fixed number of queries a batch."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from smtplib import SMTPDataError, SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from procrastinate.contrib.django.models import ProcrastinateJob

from city.models import Theme
from consultations.models import Consultation, State
from core.domain import clock as clocks
from notifications.digests import sending
from notifications.digests.letter import MOST_LINES
from notifications.following.tokens import settings_path, stop_path
from notifications.models import Activity, Follower, Following
from tests import factories
from tests.core.audit.days import past_head
from tests.notifications.followers import follow, follower, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme(db: None) -> Theme:
    return Theme.objects.create(name="Транспорт", slug="transport")


def happened(thing: Consultation, verb: str = "opened", *topics: str, about: str = "") -> Activity:
    return Activity.objects.create(
        verb=verb,
        about=about or f"consultation:{thing.pk}",
        topics=[f"consultation:{thing.pk}", *topics],
        consultation=thing,
    )


def send(frequency: str = "weekly", *, until: datetime | None = None) -> sending.Sending:
    return sending.send_batch(frequency, until or clocks.now())


def test_a_letter_by_theme_with_what_is_most_urgent_first(department, theme):
    consultation = factories.consultation(department)
    reported = factories.consultation(department, State.REPORTED, text=None, title="Про парки")
    someone = follower("daryna@example.org", theme)
    of = f"theme:{theme.pk}"
    happened(reported, "answered", of)
    happened(consultation, "opened", of)
    closes = f"consultation:{consultation.pk}:{consultation.last_day.isoformat()}"
    happened(consultation, "closes", of, about=closes)
    assert send().mails == 1
    letter = mail.outbox[0]
    assert letter.subject == "За тиждень – 3 новини про те, за чим ви стежите"
    _greeting, first, *_rest = letter.body.split("\n\n")
    assert "Найважливіше" in first and consultation.title in first
    headings = [line for line in letter.body.splitlines() if line.startswith(("Скоро", "Відкр"))]
    assert len(headings) == 2
    assert "до " in letter.body and "(Транспорт)" in letter.body
    html = letter.alternatives[0].content
    assert html.count("<li>") == 3 and f">{consultation.title}</a>" in html
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    # What goes over the wire is what mail programs show.
    read = message_from_bytes(letter.message().as_bytes(), policy=policy.default)
    assert read["Subject"] == letter.subject
    assert (read["To"], read["List-Unsubscribe"]) == (
        "daryna@example.org",
        letter.extra_headers["List-Unsubscribe"],
    )
    for kind, words in (("plain", letter.body), ("html", html)):
        assert read.get_body((kind,)).get_content().split() == words.split()
    # Nothing happened since.
    assert send().mails == 0
    assert len(mail.outbox) == 1
    someone.refresh_from_db()
    assert someone.weekly_until > someone.created_at


def test_in_their_language_and_at_most_twelve_lines(department, theme, bohdan):
    bohdan.language = "en"
    bohdan.save()
    follower(bohdan, theme)
    for _ in range(MOST_LINES + 3):
        each = factories.consultation(department, text=None)
        happened(each, "opened", f"theme:{theme.pk}")
    send()
    letter = mail.outbox[0]
    assert letter.subject == "In a week there were 15 pieces of news on what you follow"
    assert letter.body.count("\n- ") == MOST_LINES
    assert "And 3 more:" in letter.body and "/en/account/notifications/" in letter.body
    assert '<span lang="uk">' in letter.alternatives[0].content


def test_what_many_are_told_alike_has_the_links_of_each(department, theme, bohdan):
    told_alike = [
        follower("daryna@example.org", theme),
        follower("maksym@example.org", theme),
        follower(bohdan, theme),
    ]
    happened(factories.consultation(department), "opened", f"theme:{theme.pk}")
    assert send().mails == len(told_alike)
    letters = {letter.to[0]: letter for letter in mail.outbox}
    for each in told_alike:
        letter = letters.pop(each.address)
        for words in (letter.body, letter.alternatives[0].content):
            assert stop_path(each) in words and settings_path(each) in words
            others = [stop_path(other) for other in told_alike if other != each]
            assert not [path for path in others if path in words]


def test_the_most_frequent_of_what_matches_counts(department, theme):
    consultation = factories.consultation(department)
    # At once of the thing itself: not again in the digest of the theme.
    follower("now@example.org", theme, consultation)
    daily = follower("daily@example.org", theme)
    told(daily, "theme", "daily")
    never = follower("never@example.org", theme)
    told(never, "theme", "never")
    late = follower("late@example.org")
    follow(late, theme, since=clocks.now() + timedelta(minutes=1))
    follower("bounced@example.org", theme, bounced_at=clocks.now())
    happened(consultation, "opened", f"theme:{theme.pk}")
    assert send().mails == 0
    assert send("daily").mails == 1
    assert mail.outbox[0].to == ["daily@example.org"]
    assert mail.outbox[0].subject == "За день – 1 новина про те, за чим ви стежите"


def test_who_changes_from_weekly_to_daily_is_not_told_again(department, theme):
    someone = follower("d@example.org", theme)
    happened(factories.consultation(department), "opened", f"theme:{theme.pk}")
    assert send().mails == 1
    told(someone, "theme", "daily")
    assert send("daily").mails == 0
    happened(factories.consultation(department, text=None), "opened", f"theme:{theme.pk}")
    assert send("daily").mails == 1


def test_what_is_withdrawn_meanwhile_and_nothing_send_no_mail(department, theme):
    follower("d@example.org", theme)
    assert send().mails == 0
    gone = factories.consultation(department, State.WITHDRAWN)
    happened(gone, "opened", f"theme:{theme.pk}")
    assert send().mails == 0


def test_the_head_of_the_audit_log_stands_at_the_foot(department, theme, bohdan):
    follower("daryna@example.org", theme)
    happened(factories.consultation(department), "opened", f"theme:{theme.pk}")
    send()
    assert "журналу дій" not in mail.outbox[0].body
    head = past_head(2)
    past_head(0)  # today may still grow
    bohdan.language = "en"
    bohdan.save()
    follower(bohdan, theme)
    happened(factories.consultation(department), "opened", f"theme:{theme.pk}")
    send()
    letter = next(each for each in mail.outbox if each.to == [bohdan.email])
    for words in (letter.body, letter.alternatives[0].content):
        assert f"Head of the audit log on {head.day.day} " in words
        assert words.count(f"{head.number}:{head.hash}") == 1


def test_as_many_queries_for_many_and_one_write_a_mail(
    department, theme, django_assert_num_queries
):
    happened(factories.consultation(department), "opened", f"theme:{theme.pk}")
    before = clocks.now() - timedelta(hours=1)
    someones = Follower.objects.bulk_create(
        Follower(email=f"d{n}@example.org", weekly_until=before, daily_until=before)
        for n in range(20)
    )
    Following.objects.bulk_create(
        Following(follower=each, kind="theme", theme=theme, since=before) for each in someones
    )
    until = clocks.now()
    # Followers, followings, settings, activities, the time, consultations, the head of the audit
    # log with the time; and for each mail its write between the two statements of a savepoint.
    with django_assert_num_queries(8 + 3 * 20):
        assert send(until=until).mails == 20


class NotNow(EmailBackend):
    """Does not take mails to "later" now, and none of what is said to "spam"."""

    def send_messages(self, messages):
        if messages[0].to[0].startswith("later"):
            raise SMTPRecipientsRefused({messages[0].to[0]: (451, b"try again")})
        if messages[0].to[0].startswith("spam"):
            raise SMTPDataError(554, b"5.7.1 looks like spam")
        return super().send_messages(messages)


def test_whom_the_server_does_not_take_now_is_tried_again_alone(department, theme, settings):
    settings.MAILERS = {"default": {"BACKEND": "tests.notifications.digests.test_digests.NotNow"}}
    later = follower("later@example.org", theme)
    spam = follower("spam@example.org", theme)
    follower("d@example.org", theme)
    happened(factories.consultation(department), "opened", f"theme:{theme.pk}")
    until = clocks.now()
    done = sending.send_and_go_on("weekly", until, 0, until)
    assert (done.mails, done.again) == (1, [later.pk, spam.pk])
    job = ProcrastinateJob.objects.get(task_name="notifications.jobs.send_digests_again")
    assert job.args["followers"] == [later.pk, spam.pk]
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    assert sending.send_batch("weekly", until, only=[later.pk]).mails == 1
    assert [each.to[0] for each in mail.outbox] == ["d@example.org", "later@example.org"]


def test_its_author_is_the_council_where_bounces_are_read(department, theme, settings):
    settings.BOUNCE_ADDRESS = "bounces@rada.example"
    follower("d@example.org", theme)
    happened(factories.consultation(department), "opened", f"theme:{theme.pk}")
    send()
    letter = mail.outbox[0]
    assert letter.from_email.startswith("bounces+")
    read = message_from_bytes(letter.message().as_bytes())
    assert len(read.get_all("From")) == 1 and "bounces" not in read["From"]


@pytest.mark.parametrize(
    ("now", "frequencies"),
    [
        (datetime(2026, 11, 30, 4, 30, tzinfo=UTC), ["daily", "weekly"]),  # a Monday, winter
        (datetime(2026, 7, 6, 3, 30, tzinfo=UTC), ["daily", "weekly"]),  # a Monday, summer
        (datetime(2026, 12, 1, 4, 30, tzinfo=UTC), ["daily"]),
        (datetime(2026, 11, 30, 3, 30, tzinfo=UTC), []),
        (datetime(2026, 11, 30, 8, 50, tzinfo=UTC), ["daily", "weekly"]),  # no worker ran before
        (datetime(2026, 7, 6, 8, 30, tzinfo=UTC), []),
    ],
)
def test_at_half_past_six_in_kyiv_or_later_and_once(now, frequencies):
    assert sending.begin_digests(now) == frequencies
    assert sending.begin_digests(now + timedelta(minutes=5)) == []
    jobs = ProcrastinateJob.objects.filter(task_name="notifications.jobs.send_digests")
    assert [job.args["frequency"] for job in jobs.order_by("pk")] == frequencies
