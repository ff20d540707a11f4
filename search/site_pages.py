"""Pages of the site itself that can be found: where one starts a petition, writes to the council,
reads how personal data are dealt with.

They have no rows in the database. Their entries are written by ``fill_search``, which each upgrade
runs: what stands here comes with a version of the platform. What else people call them stands in
``site_pages.txt``.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_FILE = Path(__file__).with_name("site_pages.txt")


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page. ``pk``: never given to another; ``title``: as on the page; ``about``: one sentence
    that stands under it."""

    pk: int
    route: str
    title: str | Promise
    about: str | Promise

    def get_absolute_url(self) -> str:
        return reverse(self.route)

    @property
    def words(self) -> str:
        """Other names and its purpose, in three languages; never shown."""
        return _words().get(self.route, "")


_PARTICIPATION = (
    SitePage(
        1,
        "petitions:start",
        _("Start a petition"),
        _("How a resident writes a petition to the council and gathers signatures for it."),
    ),
    SitePage(
        2,
        "petitions:list",
        _("Petitions"),
        _("All petitions to the council: sign one, see how many have signed and what came of it."),
    ),
    SitePage(
        3,
        "appeals:about",
        _("Write to the council"),
        _("Appeals, complaints, proposals, requests for information: answered in the law’s term."),
    ),
    SitePage(
        4,
        "appeals:find",
        _("Find my appeal"),
        _("What became of an appeal that was sent without an account: by its number and code."),
    ),
    SitePage(
        5,
        "appeals:answers",
        _("Questions and answers"),
        _("Answers to appeals that may be read by everybody."),
    ),
    SitePage(
        6,
        "appeals_figures:figures",
        _("Appeals in figures"),
        _("How many appeals came, about what, and how soon they were answered."),
    ),
    SitePage(
        7,
        "votes:list",
        _("Polls"),
        _("Vote and see results. In secret polls choices are stored apart from names."),
    ),
    SitePage(
        8,
        "consultations:list",
        _("Consultations"),
        _("Drafts of decisions on which everybody may remark before the council decides."),
    ),
    SitePage(
        9,
        "tracks:start",
        _("What do you want to say to the city?"),
        _("An appeal, a petition or a remark? A few questions lead to the right place."),
    ),
    SitePage(
        10,
        "portal:done",
        _("You said – the council did"),
        _("What the council has done after petitions, consultations and polls."),
    ),
)
_COUNCIL = (
    SitePage(
        20,
        "meetings:list",
        _("Meetings"),
        _("Sessions, commissions, public hearings: agendas, broadcasts, votes, minutes."),
    ),
    SitePage(
        21,
        "deputies:list",
        _("Deputies"),
        _("Who sits on the council: factions, commissions, districts, how each one voted."),
    ),
    SitePage(
        22,
        "meetings:open_data",
        _("Roll-call votes as open data"),
        _("Files with the votes of every deputy."),
    ),
    SitePage(
        23,
        "acts:list",
        _("Register of acts"),
        _("Decisions of the council and its executive bodies, by number and date."),
    ),
    SitePage(
        24,
        "acts:urgent_acts",
        _("Acts without a consultation"),
        _("Urgent acts that were adopted without a consultation, and why."),
    ),
    SitePage(25, "newsroom:list", _("News"), _("News, announcements and events of the council.")),
    SitePage(
        26,
        "newsroom:calendar",
        _("Calendar of events and meetings"),
        _("What takes place in the city, day by day."),
    ),
    SitePage(
        27,
        "press:apply",
        _("Accreditation of journalists"),
        _("How media are accredited and get news and places at meetings."),
    ),
    SitePage(
        28,
        "pages:list",
        _("About the council and the platform"),
        _("Pages of the council: rules, services, advisory bodies, contacts."),
    ),
    SitePage(
        29,
        "city:streets",
        _("Find a street"),
        _("Streets of the city, also by former names, with their districts."),
    ),
    SitePage(
        30,
        "documents:list",
        _("Register of documents"),
        _("Which documents the council has, by kind, year and holder, and how to ask for one."),
    ),
    SitePage(
        31,
        "services:list",
        _("Electronic services"),
        _("What can be done for oneself at the council without going there."),
    ),
)
_ABOUT_SITE = (
    SitePage(
        40,
        "privacy",
        _("Privacy notice"),
        _("Which personal data the site keeps, why, for how long, and what your rights are."),
    ),
    SitePage(41, "terms", _("Terms of use"), _("What everybody agrees to who makes an account.")),
    SitePage(
        42,
        "moderation:statistics",
        _("How comments are moderated"),
        _("What moderators hide and why, and how to contest it."),
    ),
    SitePage(
        43,
        "opendata:catalogue",
        _("Open data"),
        _("Tables of petitions, consultations, polls, votes and answers to download."),
    ),
    SitePage(44, "api-docs", _("Viche API"), _("How programs read the site and act for people.")),
    SitePage(
        45,
        "indicators:overview",
        _("Indicators"),
        _("How participation goes, in figures: visitors, signatures, turnout, answers on time."),
    ),
    SitePage(
        46,
        "indicators:founding",
        _("Founding table"),
        _("The figures with which the portal began, and what became of them."),
    ),
    SitePage(
        53,
        "programme",
        _("What the founding programme asked for"),
        _("Each demand of the programme, where it is answered, and what is missing."),
    ),
    SitePage(
        47, "insights:visits", _("Visitors"), _("How many people come to the site each month.")
    ),
    SitePage(
        48,
        "insights:trust",
        _("Trust"),
        _("What panels drawn by lot say of the council, and how the lots were drawn."),
    ),
    SitePage(
        49,
        "audit:receipt",
        _("Check a receipt"),
        _("Whether your ballot or signature is in the published list; nobody learns your choice."),
    ),
    SitePage(
        50,
        "audit:chain",
        _("Audit log check"),
        _("Everybody can check that nothing was changed in the journal behind the council’s back."),
    ),
    SitePage(
        51,
        "verifier:page",
        _("Verify evidence"),
        _("Whether the file with a consultation’s evidence is whole and unchanged."),
    ),
    SitePage(
        52,
        "petitions:how_to_check",
        _("How to check a ledger without trusting us"),
        _("How anybody counts the signatures of petitions anew."),
    ),
)
_ACCOUNT = (
    SitePage(60, "account_signup", _("Sign up"), _("An account to sign, vote and remark.")),
    SitePage(
        61,
        "account_login",
        _("Sign in"),
        _("By e-mail and code, a password, a passkey or an identity provider."),
    ),
    SitePage(62, "account_reset_password", _("Forgotten password"), _("A new password by e-mail.")),
    SitePage(
        63,
        "account_paper",
        _("Sign in by a code on paper"),
        _("For people without e-mail, with a sheet from the council."),
    ),
    SitePage(
        64,
        "account_index",
        _("My account"),
        _("Name, e-mail, password, language and what else can be set."),
    ),
    SitePage(65, "account_email", _("E-mail"), _("Change the address to which letters come.")),
    SitePage(66, "account_change_password", _("Password"), _("Change the password.")),
    SitePage(67, "mfa_index", _("Second factor"), _("Passkeys, codes of an app, recovery codes.")),
    SitePage(
        68, "my_data", _("My data"), _("All that the site knows of you, to read and to download.")
    ),
    SitePage(
        69,
        "my_data_erase",
        _("Erase my account"),
        _("What is erased with an account, and what stays without your name."),
    ),
    SitePage(
        70,
        "identity:verify",
        _("Confirm who I am"),
        _("Confirm who you are, so that a signature or a vote counts."),
    ),
    SitePage(
        71,
        "residence:mine",
        _("Where I live"),
        _("How to show that you live in the community, for polls and petitions of residents."),
    ),
    SitePage(
        72,
        "notifications:areas",
        _("Follow a theme, a district or a street"),
        _("News about what matters to you, by e-mail or in the browser."),
    ),
    SitePage(
        73,
        "notifications:settings",
        _("What I follow"),
        _("Which letters come and how often; how to stop them."),
    ),
    SitePage(
        74,
        "organisations:register",
        _("Register an organisation"),
        _("So that a company or an association can speak in its own name."),
    ),
    SitePage(
        75,
        "petitions:mine",
        _("My petitions"),
        _("Petitions that you have written, and what is next."),
    ),
    SitePage(
        76,
        "appeals:mine",
        _("My appeals"),
        _("Appeals that you have sent from your account, and their answers."),
    ),
    SitePage(
        77,
        "tokens:list",
        _("Programs that may act in my name"),
        _("Keys for the API, to give and to revoke."),
    ),
)
SITE_PAGES = {page.pk: page for page in (*_PARTICIPATION, *_COUNCIL, *_ABOUT_SITE, *_ACCOUNT)}


def site_pages(ids: Collection[int] | None = None) -> list[SitePage]:
    """Those of ``ids``; None: all."""
    return [page for pk, page in SITE_PAGES.items() if ids is None or pk in ids]


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    said = (line.partition(" ") for line in lines if line and not line.startswith("#"))
    return {route: words for route, _space, words in said}
