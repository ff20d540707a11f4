"""Twelve jobs of people, each whole: from the first page on to the thanks, by thumb on a phone.

Found by places on the page, so that they are the same in both languages. A tap is a touch of a
control: of a field before one types into it (or the keyboard's Next, which leads there), of an
option in the phone's own list, of the link in a mail. Codes are typed as they were mailed.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import ClassVar
from urllib.parse import urlsplit

from django.urls import reverse
from playwright.sync_api import Locator

from accounts.models import User
from city.models import Street
from consultations.models import Consultation, Procedure
from meetings.models import Deputy
from notifications.following.actions import follow, follower_of
from notifications.following.tokens import stop_path
from notifications.models import Letter
from petitions.models import Pending
from petitions.signing import tokens
from tests.journeys.touch import Thumb
from votes.electorate.models import SecretVoterRecord
from votes.models import Poll

#: Who does a job: nobody who is signed in, or somebody with a name who has done nothing yet.
STRANGER, SOMEBODY = "", "somebody"
#: Somebody whom the open secret poll lets vote, and who has not.
VOTER = "voter"


class Job(Thumb):
    """Somebody's whole way to what they came for."""

    #: Number and code of the appeals that were filed, which others follow.
    filed: ClassVar[list[tuple[str, str]]] = []

    def at(self, where: str) -> Locator:
        return self.page.locator(where).locator("visible=true").first

    def press(self, where: str) -> None:
        """Tap what leads to another page."""
        self.go(self.at(where))

    def touch(self, where: str) -> None:
        self.tap(self.at(where))

    def write(self, where: str, words: str) -> None:
        self.type(self.at(where), words)

    def menu(self, where: str) -> None:
        """By the menu."""
        self.touch(".site-menu__switch")
        self.press(f".site-header {where}")

    def send(self, where: str = "main form[method=post]") -> None:
        """The form of the page."""
        self.press(f"{where} button.govuk-button:not([name=change])")

    def open_mail(self, path: str) -> None:
        """Tap the link in a mail."""
        self.taps += 1
        origin = urlsplit(self.page.url)
        self.page.goto(f"{origin.scheme}://{origin.netloc}{path}")
        self.turn()

    def done(self, where: str) -> None:
        """The job is done when this is there."""
        self.at(where).wait_for()
        assert not self.page.locator("main [data-error-summary]").count(), "refused"


def mailed_code() -> str:
    """Of the last letter; nobody sends it here."""
    found = re.search(r"\b\d{4}-\d{4}\b", Letter.objects.latest("pk").text)
    assert found, "no code"
    return found[0]


def _sign_up(job: Job) -> None:
    """Where signing in is asked for: by an e-mail and the code that is mailed to it."""
    form = "form[action$='/account/signup/']"
    job.write(f"{form} [name=email]", f"newcomer-{time.time_ns()}@example.org")
    job.touch(f"{form} label[for=id_agreed]")
    job.press(f"{form} button.govuk-button")
    job.write("[name=code]", mailed_code())
    job.press("main button[name=action][value=verify]")


def _write_own_name(job: Job) -> None:
    job.write("[name=own_given_name]", "Дарина")
    job.write("[name=own_family_name]", "Січова")


def _say_of_a_clause(job: Job) -> None:
    """From nothing."""
    job.press(".choice a[href*='/consultations/']:not([href*=state])")
    job.press(".clause__speak")
    _sign_up(job)
    job.write("[data-remark-form] textarea[name=text]", f"Потрібен навіс. {time.time_ns()}")
    _write_own_name(job)
    job.press("[data-remark-form] .form-actions button.govuk-button")
    job.done(".notice--success")


def _sign_a_petition(job: Job) -> None:
    """By mail, without an account."""
    job.press(".choice a[href$='/sign/']")
    job.press("main a[href$='/sign/mail/']")
    job.write("main input[name=name]", "Дарина Січова")
    job.write("main input[type=email]", f"signer-{time.time_ns()}@example.org")
    job.send()
    asked = Pending.objects.latest("pk")
    place = (asked.petition_id, asked.pk, tokens.link_of(asked))
    job.open_mail(reverse("petitions:confirm", args=place))
    job.send()
    job.done("main :text('Дарина Січова')")


_CHOICES = ".govuk-radios__label, .govuk-checkboxes__label, [data-option] button"


def _fill_a_ballot(job: Job) -> None:
    """Each question that has to be answered, as quickly as it can be."""
    for question in job.page.locator("fieldset.question").all():
        if question.locator(".optional").count():
            continue
        job.tap(question.locator(_CHOICES).first)


def _vote(job: Job) -> None:
    job.press("[aria-labelledby=polls-open] a[href$='/vote/']")
    _fill_a_ballot(job)
    job.press("#ballot-sending button.govuk-button")
    job.press("main button[name=cast]")
    job.done(".govuk-panel, [data-thanks], .thanks")


def secret_poll() -> Poll:
    residents = Poll.objects.open().filter(voters=Poll.Voters.VERIFIED_RESIDENTS)
    return residents.get(secrecy=Poll.Secrecy.SECRET)


def next_voter() -> User:
    """Somebody whom it lets vote, and who has not."""
    records = SecretVoterRecord.objects.filter(poll=secret_poll(), used=False, user__is_active=True)
    return User.objects.get(pk=records.values_list("user", flat=True).first())


def _vote_secretly(job: Job) -> None:
    poll = secret_poll()
    job.menu("a[href$='/polls/']")
    job.press(f".cards a[href$='{poll.get_absolute_url()}']")
    job.press("main a.govuk-button[href$='/vote/']")
    _fill_a_ballot(job)
    job.press("#ballot-sending button.govuk-button")
    job.press("main button[name=cast]")
    job.done(".receipt-code")


def _start_a_petition(job: Job) -> None:
    job.press("a.home__act[href$='/petitions/start/']")
    job.send()
    job.write("[name=title]", f"Навчити плавати всіх третьокласників {time.time_ns() % 10**6}")
    job.send()
    if job.page.locator("[name=text]").count() == 0:  # what was asked before: it is another one
        job.press("main a[href$='/text/']")
    job.write("[name=text]", "Уроки плавання в кожній школі.")
    job.send()
    job.send()  # who asks: what the account says
    job.send()
    job.done(".govuk-panel, .spot, h1")


def _file_an_appeal(job: Job) -> None:
    job.press("a.home__act[href$='/appeals/new/']")
    job.touch("main .govuk-radios__label")
    job.write("main textarea[name=text]", "У дворі не світить ліхтар.")
    job.write("[name=name]", "Гончар Марія Іванівна")
    job.write("[name=residence]", "вул. Шахтарська, 5, кв. 41")
    job.write("[name=phone]", "067 123 45 67")
    job.send()
    job.done("#appeal-secret")
    read = job.page.locator
    job.filed.append((read("#appeal-number").inner_text(), read("#appeal-secret").inner_text()))


def _follow_an_appeal(job: Job) -> None:
    number, secret = job.filed[-1]
    job.menu("a[href$='/appeals/']")
    job.press("main a[href$='/appeals/find/']")
    job.write("main [name=number]", number)
    job.write("main [name=secret]", secret)
    job.send()
    job.done(f"main :text('{number}')")


def _speak_for_a_company(job: Job) -> None:
    """From nothing, over the list to a draft about business, and back to it."""
    rules = Procedure.objects.filter(participants=Procedure.Participants.BUSINESSES)
    draft = Consultation.objects.open().filter(procedure__in=rules).order_by("pk").first()
    job.press(".choice__link[href*='/consultations/']")
    job.press(f".cards a[href$='{draft.get_absolute_url()}']")
    job.press("a[href*='/speak/']")
    _sign_up(job)
    job.write("textarea[name=text]", f"Для нас це зарплата за місяць. {time.time_ns()}")
    job.press("button[name=keep][value=organisation]")
    job.write("[name=code]", "20000002")
    job.write("[name=name]", "Товариство з обмеженою відповідальністю «Канарка»")
    job.write("[name=location]", "50001, пл. Рудникова, буд. 2")
    _write_own_name(job)
    job.send()
    job.press("[data-remark-form] .form-actions button.govuk-button")
    job.done(".notice--success")


def _find_a_deputy(job: Job) -> None:
    deputy = Deputy.objects.order_by("pk").first()
    job.press(".site-header a[href$='/search/']")
    job.write("main input[type=search]", deputy.name.split()[0])
    job.press("main form[role=search] button")
    job.press(".cards > .card a[href*='/deputies/']")
    job.done("h1")


def _report_a_remark(job: Job) -> None:
    job.press(".choice a[href*='/consultations/']:not([href*=state])")
    job.press("a[href*='/report/']")
    job.touch("main .govuk-radios__label")
    job.send()
    job.done(".notice--success, [data-thanks], .thanks")


def _unsubscribe(job: Job) -> None:
    """From a mail about a street."""
    reader = User.objects.create_user(f"reader-{time.time_ns()}@example.org")
    follower = follower_of(reader)
    following = follow(follower, "street", Street.objects.open().order_by("pk").first().pk)
    job.open_mail(stop_path(follower, following))
    job.send("main form")
    job.done("main button[name=again], h1")


def _find_the_district(job: Job) -> None:
    """By the name of a street: who does not know what the district is called."""
    job.press(".site-header a[href$='/search/']")
    job.write("main input[type=search]", "Шахтарська")
    job.press("main form[role=search] button")
    job.press(".cards > .card a[href*='/streets/']")
    job.press("main a[href*='/districts/']")
    job.touch("[data-district-press]")
    job.done("[data-district-said]")


#: Name, who does it, how.
JOBS: tuple[tuple[str, str, Callable[[Job], None]], ...] = (
    ("sign up and say a word on a clause", STRANGER, _say_of_a_clause),
    ("sign a petition by mail", STRANGER, _sign_a_petition),
    ("vote in an open poll", SOMEBODY, _vote),
    ("vote in a secret poll", VOTER, _vote_secretly),
    ("start a petition", SOMEBODY, _start_a_petition),
    ("file an appeal without an account", STRANGER, _file_an_appeal),
    ("follow that appeal by its code", STRANGER, _follow_an_appeal),
    ("a company's remark, from nothing", STRANGER, _speak_for_a_company),
    ("find a deputy by the search", STRANGER, _find_a_deputy),
    ("report a remark", SOMEBODY, _report_a_remark),
    ("unsubscribe from a mail", STRANGER, _unsubscribe),
    ("find one's district by a street", STRANGER, _find_the_district),
)
