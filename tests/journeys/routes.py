"""Every route of the site: the pages that it shows and to whom, or why it shows none.

A route that stands neither in PAGES nor in NO_PAGE fails test_accessible.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import Page, expect

from organisations.tokens import token_of
from petitions.defence.links import token_of as token_of_objection
from petitions.listening.tokens import token_of as token_of_mails
from petitions.signing import tokens
from tests.factories import PASSWORD
from tests.journeys.town import Town

Step = Callable[[Page], None]


@dataclass(frozen=True)
class Look:
    """One page in one state: who opens which address, what they do there, what they then see.

    ``then`` runs on the opened page. ``status`` is the answer's to opening it. ``width`` and
    ``height`` in CSS pixels.
    """

    path: str
    who: str = "anon"
    then: Step | None = None
    status: int = 200
    width: int = 1280
    height: int = 800

    def __str__(self) -> str:
        done = f", {self.then.__name__}" if self.then else ""
        return f"{self.path} ({self.who}{done})"


# --- what people do on a page -------------------------------------------------------------------


def send(page: Page) -> None:
    """Send the page's form as it is: it comes back with its errors."""
    page.locator("main form:not(#act) button:not([type=button]):visible").last.click()
    expect(page.locator("[data-error-summary]")).to_be_visible()


def send_first(page: Page) -> None:
    """As ``send``, the first form."""
    page.locator("main form:not(#act) button:not([type=button]):visible").first.click()
    expect(page.locator("[data-error-summary]")).to_be_visible()


def send_odd_file(page: Page) -> None:
    """Send a file that is no text."""
    file = {"name": "draft.docx", "mimeType": "application/zip", "buffer": b"\x00\x01\x02" * 99}
    page.locator("input[type=file]").set_input_files(file)
    send(page)


def send_emptied(page: Page) -> None:
    """Send the form with its first line of text empty."""
    page.locator("main form input[type=text]").first.fill("")
    send(page)


def enter_no_code(page: Page) -> None:
    """Enter a code that is none."""
    page.fill("[name=code]", "12")
    page.press("[name=code]", "Enter")
    expect(page.locator("[data-error-summary]")).to_be_visible()


def stop_mails(page: Page) -> None:
    """Stop the mails about a petition."""
    page.locator("main form .govuk-button").click()
    expect(page.locator("[name=again]")).to_be_visible()


def type_title(page: Page) -> None:
    """Type what others have asked for: they are shown meanwhile."""
    page.fill("[name=title]", "")
    page.type("[name=title]", "Велодоріжка")
    expect(page.locator("#alike .card").first).to_be_visible()


def send_no_text(page: Page) -> None:
    """Send the form without its first long text."""
    page.locator("main form textarea").first.fill("")
    send(page)


def look_at_news(page: Page) -> None:
    """See how the news will look before they are sent."""
    page.fill("[name=title]", "Нас почули")
    page.fill("main textarea[name=text]:visible", "Ми **зустрілися**.")
    page.locator("button[value=look]").click()
    expect(page.locator("button[value=send]")).to_be_visible()


def check_ballot(page: Page) -> None:
    """Choose the first option and look at the ballot before it is cast."""
    page.locator("input[type=radio]").first.check()
    page.locator("button[name=check]").click()
    expect(page.locator("button[name=cast]")).to_be_visible()


def open_all(page: Page) -> None:
    """Unfold what is folded."""
    page.locator("main details:not([open])").evaluate_all("all => all.forEach(d => d.open = true)")


def split_nowhere(page: Page) -> None:
    """Split a clause at words that are not in it."""
    page.fill("[name=split-words]", "немає таких слів")
    page.press("[name=split-words]", "Enter")
    expect(page.locator("[data-error-summary]")).to_be_visible()


def answer_nothing(page: Page) -> None:
    """Publish an official reply of no words."""
    open_all(page)
    send(page)


def open_form(page: Page) -> None:
    """Bring the form to speak of a clause into the page."""
    page.locator(".clause [data-remark-open]").first.click()
    expect(page.locator("form[data-remark-form]")).to_be_visible()


def open_form_and_send(page: Page) -> None:
    """Send it with nothing in it."""
    open_form(page)
    page.locator("form[data-remark-form] .govuk-button").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()


def open_comment(page: Page) -> None:
    """Bring the form to speak of a petition into the page."""
    page.locator("[data-remark-open]").click()
    expect(page.locator("form[data-remark-form]")).to_be_visible()


def open_cost_form(page: Page) -> None:
    """Bring the form for what a clause would cost into the page."""
    page.locator('.clause [href*="costs/say/"]').first.click()
    page.locator('.clause [href*="organisation="]').first.click()
    expect(page.locator("form [name=hours_once]")).to_be_visible()


def leave_all_empty(page: Page) -> None:
    """Send no figure at all."""
    for name in ("hours_once", "hours_yearly", "money_once", "money_yearly"):
        page.fill(f"[name={name}]", "")
    page.locator("form[data-remark-form] .govuk-button").click()
    expect(page.locator("[data-error-summary]")).to_be_visible()


def speak(page: Page) -> None:
    """Say something: thanks come in place of the form."""
    open_form(page)
    page.locator("form[data-remark-form] textarea").first.fill("Так.")
    page.locator("form[data-remark-form] .govuk-button").click()
    expect(page.locator(".speak-place .notice--success")).to_be_visible()


def sign_up(page: Page) -> None:
    """Sign up as somebody new: the page for the code."""
    page.fill("[name=given_name]", "Дарина")
    page.fill("[name=family_name]", "Левченко")
    page.fill("[name=email]", "daryna@viche.example")
    page.fill("[name=password1]", PASSWORD)
    page.check("[name=public_name_style] >> nth=0")
    page.check("[name=agreed]")
    page.locator("main .govuk-button:not([type=button])").first.click()
    page.wait_for_url("**/signup/code/")


def ask_for_code(page: Page) -> None:
    """Have a code sent to an address without an account: the page for it looks the same."""
    page.fill("[name=email]", f"{uuid4().hex}@viche.example")
    page.locator("main .govuk-button:not([type=button])").first.click()
    page.wait_for_url("**/code/**")


def ask_and_send(page: Page) -> None:
    """Enter no code."""
    ask_for_code(page)
    send_first(page)


def make_token(page: Page) -> None:
    """Make a token: it is shown."""
    page.fill("[name=name]", "Читач")
    page.locator("[name=scopes]").first.check()
    page.locator("main .govuk-button").first.click()
    expect(page.locator("#token")).to_be_visible()


def give_password(page: Page) -> None:
    """Sign in as somebody who has a second factor: it is asked for."""
    page.fill("[name=login]", "mo@viche.example")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/login/factor/")


def give_password_and_send(page: Page) -> None:
    """Give no second factor."""
    give_password(page)
    page.locator("main form:has([name=code]) .govuk-button").click()
    expect(page.locator("[data-error-summary]")).to_be_visible()


def try_passkey(page: Page) -> None:
    """Ask the browser for a passkey: it knows none for this address, and the page says so."""
    page.locator("form[data-passkey] .govuk-button").click()
    expect(page.locator("[data-passkey-trouble=failed]")).to_be_visible()


def send_code(page: Page) -> None:
    """Have a code sent to oneself: the field for it."""
    page.locator("main button[value=send]").click()
    expect(page.locator("[name=code]")).to_be_visible()


def expire(page: Page) -> None:
    """Send a form whose page is too old."""
    page.context.clear_cookies(name="csrf")
    page.locator("main .govuk-button:not([type=button])").first.click()
    expect(page.locator("main h1")).to_be_visible()


def find(who: str, *links: str) -> Step:
    """Look a person up by her e-mail, and follow the links with these words, in both languages."""

    def found(page: Page) -> None:
        page.fill("[name=who]", f"{who}@viche.example")
        page.locator("main form .govuk-button").click()
        page.wait_for_url("**/desk/people/*/")
        for link in links:
            page.locator(f"main a[href*='{link}']").click()
            page.wait_for_url(f"**/{link}")

    return found


def find_nobody(page: Page) -> None:
    """Look up what nobody is known by."""
    page.fill("[name=who]", "Олена")
    send(page)


def check_nothing(page: Page) -> None:
    """Record a check that proves nothing."""
    find("olena", "check/")(page)
    send(page)


# --- the pages -----------------------------------------------------------------------------------


def _of(name: str, *args: Any, who: str = "anon", query: str = "", **more: Any) -> Look:
    return Look(reverse(name, args=args) + query, who, **more)


def _simple(name: str, who: str = "anon", *then: Step) -> Callable[[Town], list[Look]]:
    return lambda town: [_of(name, who=who), *(_of(name, who=who, then=step) for step in then)]


def _work(name: str, *then: Step) -> Callable[[Town], list[Look]]:
    """A page of the desk about the open consultation."""
    return lambda town: [
        _of(name, town.opened.pk, who="ofi"),
        *(_of(name, town.opened.pk, who="ofi", then=step) for step in then),
    ]


def _detail(town: Town) -> list[Look]:
    pk = town.opened.pk
    name = "consultations:detail"
    return [
        *(_of(name, other.pk) for state, other in town.states.items() if state != "preparing"),
        _of(name, town.states["preparing"].pk, who="ofi"),
        _of(name, pk, then=open_all),
        _of(name, pk, query="?version=1"),
        _of(name, pk, query="?sort=disputed&kind=question"),
        _of(name, pk, query=f"?clause={town.said.clause_key}"),
        _of(name, town.regulatory.pk, query="?voice=organisation"),
        _of(name, town.regulatory.pk, who="firm", then=open_cost_form),
        _of(name, town.regulated.pk),
        *(_of(name, pk, who="olena", then=step) for step in (open_form, open_form_and_send, speak)),
    ]


def _remark(town: Town) -> list[Look]:
    name, pk = "consultations:remark", town.opened.pk
    return [
        _of(name, pk, town.said.pk),
        _of(name, pk, town.said.pk, who="olena", then=open_all),
        _of(name, pk, town.said.pk, who="olena", then=send),
        _of(name, pk, town.his.pk, who="ofi"),
        _of(name, pk, town.hidden.pk, who="mo"),
        _of(name, pk, town.hidden.pk, status=404),
    ]


def _queue(town: Town) -> list[Look]:
    def hide_nothing(page: Page) -> None:
        """Hide without a reason."""
        page.locator("details[data-hide] summary").first.click()
        page.locator("details[data-hide] button").first.click()
        expect(page.locator("[data-error-summary]")).to_be_visible()

    lists = [f"?list={name}" for name in ("newest", "hidden")]
    return [
        *(_of("moderation:queue", who="mo", query=query) for query in ["", *lists]),
        _of("moderation:queue", who="mo", then=open_all),
        _of("moderation:queue", who="mo", then=hide_nothing),
    ]


def _unsubscribe(town: Town) -> list[Look]:
    signed = town.petitions["collecting"].signatures.filter(user=None).first()
    args = (signed.petition_id, signed.pk, token_of_mails(signed))
    return [_of("petitions:unsubscribe", *args, then=step) for step in (None, stop_mails)]


def _signing(town: Town) -> dict[str, list[Look]]:
    """The pages of signing: by an account, by mail, and what comes of it."""
    collecting, reached = (town.petitions[name].pk for name in ("collecting", "reached"))
    over = town.petitions["not_reached"].pk
    asked, by_mail = town.signers.asked, town.signers.by_mail
    waiting = (collecting, asked.pk, tokens.handle_of(asked))
    looks = {
        "sign": [
            _of("petitions:sign", collecting),
            _of("petitions:sign", collecting, who="bohdan"),
            _of("petitions:sign", reached, who="charlie"),
            _of("petitions:sign", over, who="bohdan"),
        ],
        "signed": [
            _of("petitions:signed", reached, who="charlie"),
            _of("petitions:signed", town.flooded.petition.pk, who="bohdan"),
        ],
        "unsign": [_of("petitions:unsign", reached, who="charlie")],
        "signers": [
            _of("petitions:signers", collecting),
            _of("petitions:signers", reached, who="charlie", query="?day=2020-01-01"),
        ],
        "sign_by_mail": [
            _of("petitions:sign_by_mail", collecting),
            _of("petitions:sign_by_mail", collecting, then=send),
            _of("petitions:sign_by_mail", over),
        ],
        "sign_code": [
            _of("petitions:sign_code", *waiting),
            _of("petitions:sign_code", *waiting, then=enter_no_code),
        ],
        "confirm": [
            _of("petitions:confirm", collecting, asked.pk, tokens.link_of(asked)),
            _of("petitions:confirm", collecting, asked.pk, "0" * 40, status=404),
        ],
        "signature": [
            _of(
                "petitions:signature",
                collecting,
                by_mail.pk,
                tokens.page_of_signature(by_mail),
                then=open_all,
            )
        ],
    }
    return {f"petitions:{name}": found for name, found in looks.items()}


def _rule(town: Town) -> list[Look]:
    def try_nothing(page: Page) -> None:
        """Try a rule that means nothing."""
        send(page)

    def try_a_network(page: Page) -> None:
        """See whom a rule would hit, then remove them without a reason."""
        page.fill("[name=networks]", "198.51.100.0/24")
        page.locator("main form button").last.click()
        page.locator("form[action$='remove/'] button").click()
        expect(page.locator("[data-error-summary]")).to_be_visible()

    name, pk = "petitions_desk:defence_rule", town.flooded.petition.pk
    return [
        _of(name, pk, who="mo"),
        _of(name, pk, who="mo", then=try_nothing),
        _of(name, pk, who="mo", then=try_a_network),
        _of(name, pk, who="mo", query="?waiting=on&mark=network"),
        _of(name, town.petitions["review"].pk, who="mo", query="?domains=viche.example"),
    ]


def _objection(town: Town) -> list[Look]:
    name, pk = "petitions:objection_by_link", town.flooded.petition.pk
    other = town.flooded.removal.signatures.filter(user=None, objections=None).first()
    return [
        _of(name, pk, each.pk, token_of_objection(each), then=step)
        for each, step in ((town.flooded.by_mail, None), (other, None), (other, send))
    ]


def _petitions_at_the_desk(town: Town) -> list[Look]:
    def refuse_without_ground(page: Page) -> None:
        """Refuse a petition on no ground."""
        page.locator("details[data-hide] summary").click()
        page.locator("details[data-hide] form button").click()
        expect(page.locator("[data-error-summary]")).to_be_visible()

    name, those = "petitions_desk:detail", town.petitions
    return [
        *(_of(name, each.pk, who="admin") for state, each in those.items() if state != "draft"),
        _of(name, those["moderation"].pk, who="mo", then=open_all),
        _of(name, those["moderation"].pk, who="mo", then=refuse_without_ground),
        _of(name, those["collecting"].pk, who="ofi", then=open_all),
        _of(name, those["answered"].pk, who="ofi", then=open_all),
    ]


def _companies(town: Town) -> list[Look]:
    those = town.companies
    name = "organisations:detail"
    return [
        *(
            _of(name, each.pk, who="bohdan")
            for each in (those.cafe, those.waiting, those.posted, those.refused)
        ),
        _of(name, those.posted.pk, who="bohdan", then=enter_no_code),
        _of(name, those.cafe.pk, who="firm"),
    ]


def _own_company(name: str, *steps: Step) -> Callable[[Town], list[Look]]:
    """A page of the cafe's head."""

    def pages(town: Town) -> list[Look]:
        pk = town.companies.cafe.pk
        looks = [_of(f"organisations:{name}", pk, who="bohdan", then=step) for step in steps]
        return [_of(f"organisations:{name}", pk, who="bohdan"), *looks]

    return pages


PAGES: dict[str, Callable[[Town], list[Look]]] = {
    "portal:home": lambda town: [_of("portal:home"), _of("portal:home", who="mo")],
    "portal:search": lambda town: [
        _of("portal:search", query=query)
        for query in ("", "?q=майданчик", "?q=майданчек", "?q=цсрґ")
    ],
    "portal:me": lambda town: [_of("portal:me", who=who) for who in ("olena", "firm")],
    "my_data": lambda town: [_of("my_data", who=who) for who in ("olena", "firm", "charlie")],
    "my_data_download": lambda town: [
        _of("my_data_download", town.expired_export.pk, who="bohdan", status=410)
    ],
    "my_data_journal": lambda town: [_of("my_data_journal", who=who) for who in ("olena", "firm")],
    "my_data_erase": lambda town: [
        _of("my_data_erase", who="olena"),
        _of("my_data_erase", who="olena", then=send),
        _of("my_data_erase", who="mo", status=403),
    ],
    "my_data_erased": _simple("my_data_erased"),
    "portal:desk": lambda town: [_of("portal:desk", who=who) for who in ("mo", "ofi", "admin")],
    "staff:list": lambda town: [
        _of("staff:list", who="admin"),
        _of("staff:list", who="admin", query="?department="),
        _of("staff:list", who="admin", then=send),
    ],
    "staff:person": lambda town: [
        _of("staff:person", town.people["mo"].pk, who="admin"),
        _of("staff:person", town.people["olena"].pk, who="admin"),
        _of("staff:person", town.people["ofi"].pk, who="ofi"),
    ],
    "staff:grant": lambda town: [
        _of("staff:grant", town.people["olena"].pk, who="admin", query=query, then=send)
        for query in ("", f"?department={town.opened.department.slug}")
    ],
    "staff:revoke": lambda town: [
        _of("staff:revoke", town.duty.pk, who="admin"),
        _of("staff:revoke", town.duty.pk, who="admin", then=send),
    ],
    "staff:reset_factors": lambda town: [
        _of("staff:reset_factors", town.people["mo"].pk, who="admin", then=step)
        for step in (None, send)
    ],
    "staff:cover": lambda town: [
        _of("staff:cover", town.people["mo"].pk, who="mo", then=step) for step in (None, send)
    ],
    "staff:end_cover": lambda town: [_of("staff:end_cover", town.absence.pk, who="ofi")],
    "api-docs": _simple("api-docs", "anon", open_all),
    "account_signup": _simple("account_signup", "anon", send),
    "account_email_verification_sent": _simple("account_signup", "anon", sign_up),
    "account_login": _simple("account_login", "anon", send_first, expire),
    "account_request_login_code": _simple("account_request_login_code", "anon", send),
    "account_confirm_login_code": lambda town: [
        _of("account_request_login_code", then=step) for step in (ask_for_code, ask_and_send)
    ],
    "mfa_authenticate": lambda town: [
        _of("account_login", then=step) for step in (give_password, give_password_and_send)
    ],
    "account_logout": _simple("account_logout", "olena"),
    "account_inactive": _simple("account_inactive"),
    "account_reset_password": _simple("account_reset_password", "anon", send),
    "account_confirm_password_reset_code": lambda town: [
        _of("account_reset_password", then=ask_for_code)
    ],
    "account_password_reset_completed": _simple("account_password_reset_completed"),
    "account_index": _simple("account_index", "olena"),
    "account_profile": _simple("account_profile", "olena"),
    "account_agree": _simple("account_agree", "olena", send),
    "tokens:list": _simple("tokens:list", "olena"),
    "tokens:new": _simple("tokens:new", "olena", send, make_token),
    "account_email": lambda town: [
        _of("account_email", who="firm"),
        _of("account_email", who="firm", then=send),
        _of("account_email", who="maria"),
    ],
    "account_change_password": _simple("account_change_password", "firm", send),
    "account_set_password": _simple("account_set_password", "olena", send),
    "account_reauthenticate": _simple("account_reauthenticate", "firm", send),
    "account_reauthenticate_mail": _simple("account_reauthenticate_mail", "olena", send_code),
    "mfa_reauthenticate": _simple("mfa_reauthenticate", "mo", send),
    "mfa_reauthenticate_webauthn": _simple("mfa_reauthenticate_webauthn", "mo", try_passkey),
    "mfa_index": lambda town: [_of("mfa_index", who=who) for who in ("olena", "ofi", "mo")],
    "account_factor_needed": _simple("account_factor_needed", "mo"),
    "mfa_activate_totp": _simple("mfa_activate_totp", "olena", send),
    "mfa_deactivate_totp": lambda town: [
        _of("mfa_deactivate_totp", who=who) for who in ("mo", "ofi")
    ],
    "mfa_add_webauthn": _simple("mfa_add_webauthn", "olena", try_passkey),
    "mfa_edit_webauthn": lambda town: [_of("mfa_edit_webauthn", town.passkey.pk, who="mo")],
    "mfa_remove_webauthn": lambda town: [_of("mfa_remove_webauthn", town.passkey.pk, who="mo")],
    "mfa_view_recovery_codes": _simple("mfa_view_recovery_codes", "mo"),
    "mfa_generate_recovery_codes": _simple("mfa_generate_recovery_codes", "mo"),
    "usersessions_list": _simple("usersessions_list", "olena"),
    "account_paper": _simple("account_paper", "anon", send),
    "account_reauthenticate_paper": _simple("account_reauthenticate_paper", "maria", send),
    "identity:verify": lambda town: [_of("identity:verify", who=who) for who in ("olena", "maria")],
    "identity:merge": _simple("identity:merge", "olena", send),
    "residence:mine": lambda town: [
        *(_of("residence:mine", who=who) for who in ("olena", "firm", "charlie", "bohdan")),
        _of("residence:mine", who="firm", then=send),
    ],
    "residence:declare": lambda town: [
        _of("residence:declare", who="olena"),
        _of("residence:declare", who="olena", then=send),
        _of("residence:declare", who="bohdan"),
    ],
    "residence:letter": _simple("residence:letter", "bohdan", send),
    "residence:end": _simple("residence:end", "firm"),
    "people:search": lambda town: [
        _of("people:search", who="ofi"),
        _of("people:search", who="ofi", then=find_nobody),
    ],
    "people:person": lambda town: [
        _of("people:search", who="ofi", then=find(who)) for who in ("olena", "bohdan", "mo")
    ],
    "people:check": lambda town: [
        _of("people:search", who="ofi", then=find("firm", "check/")),
        _of("people:search", who="ofi", then=check_nothing),
    ],
    "people:sheet": lambda town: [
        _of("people:search", who="ofi", then=find("olena", "sheet/")),
    ],
    "people:end_residence": lambda town: [
        _of("people:search", who="ofi", then=find("bohdan", "residence/end/")),
    ],
    "people:register": _simple("people:register", "ofi", send),
    "people:letters": _simple("people:letters", "ofi"),
    "people:lists": _simple("people:lists", "ofi", open_all, send),
    "people:list": lambda town: [
        _of("people:list", town.checks.pk, who=who) for who in ("ofi", "admin")
    ],
    "votes_desk:list": _simple("votes_desk:list", "ofi"),
    "votes_desk:new": _simple("votes_desk:new", "ofi", send),
    "votes_desk:quick": _simple("votes_desk:quick", "ofi", send),
    "votes_desk:detail": lambda town: [
        *(_of("votes_desk:detail", each.pk, who="ofi") for each in town.polls.values()),
        _of("votes_desk:detail", town.polls["draft"].pk, who="ofi", then=send),
    ],
    **{
        f"votes_desk:{name}": lambda town, name=name, poll=poll, step=step: [
            _of(f"votes_desk:{name}", town.polls[poll].pk, who="ofi"),
            _of(f"votes_desk:{name}", town.polls[poll].pk, who="ofi", then=step),
        ]
        for name, poll, step in (
            ("edit", "draft", send_emptied),
            ("extend", "open", send),
            ("cancel", "open", send),
            ("sheets", "open", send),
        )
    },
    "votes_desk:sheet": lambda town: [
        _of("votes_desk:sheet", town.polls["open"].pk, town.sheet.pk, who="ofi"),
        _of("votes_desk:sheet", town.polls["open"].pk, town.sheet.pk, who="ofi", then=send),
    ],
    "votes:list": lambda town: [
        _of("votes:list", query=query) for query in ("", "?state=scheduled", "?state=all")
    ],
    "votes:detail": lambda town: [
        _of("votes:detail", each.pk) for name, each in town.polls.items() if name != "draft"
    ],
    "votes:vote": lambda town: [
        _of("votes:vote", town.polls["open"].pk, who="bohdan"),
        _of("votes:vote", town.polls["open"].pk, who="bohdan", then=send),
        _of("votes:vote", town.polls["secret"].pk, who="bohdan", then=check_ballot),
        _of("votes:vote", town.polls["scheduled"].pk, who="bohdan", status=403),
    ],
    "votes:results": lambda town: [
        _of("votes:results", town.polls[name].pk, then=open_all) for name in ("counted", "unsealed")
    ],
    "votes:check": lambda town: [_of("votes:check", town.polls["unsealed"].pk)],
    "petitions:list": lambda town: [
        _of("petitions:list", query=query)
        for query in ("", "?state=all", "?state=awaiting", "?q=велодоріжку", "?q=цсрґ")
    ],
    "petitions:detail": lambda town: [
        *(
            _of("petitions:detail", each.pk)
            for each in town.petitions.values()
            if each.published_at
        ),
        _of("petitions:detail", town.petitions["collecting"].pk, who="bohdan", then=open_all),
        _of("petitions:detail", town.petitions["collecting"].pk, who="bohdan", then=open_comment),
    ],
    "petitions:answer": lambda town: [_of("petitions:answer", town.petitions["answered"].pk)],
    "petitions:speak": lambda town: [
        _of("petitions:speak", town.petitions["collecting"].pk, who="bohdan"),
        _of("petitions:speak", town.petitions["collecting"].pk, who="bohdan", then=send),
        _of("petitions:speak", town.petitions["withdrawn"].pk, who="bohdan"),
    ],
    "petitions:comment": lambda town: [
        _of("petitions:comment", town.petitions["collecting"].pk, town.comment.pk),
        _of("petitions:comment", town.petitions["collecting"].pk, town.comment.pk, who="bohdan"),
        _of(
            "petitions:comment",
            town.petitions["collecting"].pk,
            town.comment.pk,
            who="olena",
            then=send,
        ),
        _of(
            "petitions:comment", town.petitions["collecting"].pk, town.hidden_comment.pk, status=404
        ),
    ],
    **{
        f"petitions:{name}_comment": lambda town, name=name: [
            _of(
                f"petitions:{name}_comment",
                town.petitions["collecting"].pk,
                town.comment.pk,
                who="bohdan",
            )
        ]
        for name in ("edit", "delete")
    },
    "petitions:start": lambda town: [
        _of("petitions:start"),
        _of("petitions:start", who="olena", then=open_all),
    ],
    "petitions:start_what": lambda town: [
        _of("petitions:start_what", town.petitions["draft"].pk, who="olena"),
        _of("petitions:start_what", town.petitions["draft"].pk, who="olena", then=send_emptied),
        _of("petitions:start_what", town.petitions["draft"].pk, who="olena", then=type_title),
    ],
    "petitions:start_similar": lambda town: [
        _of("petitions:start_similar", town.alike.pk, who="olena")
    ],
    **{
        f"petitions:start_{name}": lambda town, name=name, step=step: [
            _of(f"petitions:start_{name}", town.petitions["draft"].pk, who="olena"),
            _of(f"petitions:start_{name}", town.petitions["draft"].pk, who="olena", then=step),
        ]
        for name, step in {"text": send_no_text, "author": send_emptied}.items()
    },
    **{
        f"petitions:{name}": lambda town, name=name: [
            _of(f"petitions:{name}", town.petitions["draft"].pk, who="olena")
        ]
        for name in ("start_check", "start_discard")
    },
    "petitions:sent": lambda town: [
        _of("petitions:sent", town.petitions["moderation"].pk, who="olena")
    ],
    "petitions:mine": lambda town: [_of("petitions:mine", who=who) for who in ("olena", "charlie")],
    "petitions:own": lambda town: [
        _of("petitions:own", each.pk, who="olena")
        for state, each in town.petitions.items()
        if state != "draft"
    ],
    "petitions:withdraw": lambda town: [
        _of("petitions:withdraw", town.petitions["collecting"].pk, who="olena", then=step)
        for step in (None, send)
    ],
    "petitions:news": lambda town: [
        *(
            _of("petitions:news", town.petitions["collecting"].pk, who="olena", then=step)
            for step in (None, send, look_at_news)
        ),
        _of("petitions:news", town.petitions["refused"].pk, who="olena"),
    ],
    "petitions:unsubscribe": _unsubscribe,
    **{
        f"petitions:{name}": lambda town, name=name: _signing(town)[f"petitions:{name}"]
        for name in (
            *("sign", "signed", "unsign", "signers"),
            *("sign_by_mail", "sign_code", "confirm", "signature"),
        )
    },
    "petitions:ledger": lambda town: [
        _of("petitions:ledger", each.pk)
        for each in (town.flooded.petition, town.petitions["collecting"])
    ],
    "petitions:how_to_check": lambda town: [_of("petitions:how_to_check")],
    "petitions:objection": lambda town: [
        _of("petitions:objection", town.flooded.petition.pk, who="bohdan", then=step)
        for step in (None, send)
    ],
    "petitions:objection_by_link": _objection,
    "petitions_desk:defence": lambda town: [
        *(
            _of("petitions_desk:defence", town.flooded.petition.pk, who="mo", query=query)
            for query in ("", "?window=day", "?window=all")
        ),
        _of("petitions_desk:defence", town.flooded.petition.pk, who="mo", then=open_all),
        _of("petitions_desk:defence", town.petitions["review"].pk, who="mo"),
    ],
    "petitions_desk:defence_rule": _rule,
    "petitions_desk:defence_signature": lambda town: [
        _of(
            "petitions_desk:defence_signature",
            town.flooded.petition.pk,
            town.flooded.honest.pk,
            who="mo",
            then=step,
        )
        for step in (None, send)
    ],
    "petitions_desk:defence_removal": lambda town: [
        _of("petitions_desk:defence_removal", each.petition_id, each.pk, who="mo", then=step)
        for each, step in (
            (town.flooded.removal, None),
            (town.flooded.removal, send),
            (town.flooded.reversed, None),
        )
    ],
    "petitions_desk:objections": lambda town: [
        _of("petitions_desk:objections", who=who) for who in ("mo", "ofi")
    ],
    "petitions_desk:objection": lambda town: [
        _of(
            "petitions_desk:objection",
            town.flooded.petition.pk,
            town.flooded.objection.pk,
            who=who,
            then=step,
        )
        for who, step in (("mo", None), ("admin", None), ("admin", send))
    ],
    "petitions_desk:list": lambda town: [
        _of("petitions_desk:list", who=who, query=query)
        for who, query in (
            ("mo", ""),
            ("ofi", "?state=answered"),
            ("mo", f"?state=refused&department={town.opened.department.slug}"),
        )
    ],
    "petitions_desk:detail": _petitions_at_the_desk,
    "petitions_desk:answer": lambda town: (
        [
            _of("petitions_desk:answer", town.petitions["supported"].pk, who="ofi", then=step)
            for step in (None, send)
        ]
        + [_of("petitions_desk:answer", town.petitions["collecting"].pk, who="ofi")]
    ),
    "petitions_desk:rules": lambda town: [
        _of("petitions_desk:rules", who=who) for who in ("mo", "admin")
    ],
    "petitions_desk:change_rules": _simple("petitions_desk:change_rules", "admin", send),
    "petitions_desk:new_ground": _simple("petitions_desk:new_ground", "admin", send),
    "petitions_desk:change_ground": lambda town: [
        _of("petitions_desk:change_ground", town.petitions["refused"].refused_on_id, who="admin")
    ],
    "terms": _simple("terms"),
    "privacy": _simple("privacy"),
    "accessibility": _simple("accessibility"),
    "consultations:list": lambda town: [
        _of("consultations:list", query=query) for query in ("", "?state=open", "?state=withdrawn")
    ],
    "consultations:detail": _detail,
    "consultations:versions": lambda town: [_of("consultations:versions", town.opened.pk)],
    "consultations:display": lambda town: [
        _of("consultations:display", town.opened.pk, width=1920, height=1080),
        _of("consultations:display", town.states["closed"].pk, width=1920, height=1080),
    ],
    "consultations:speak": lambda town: [
        _of("consultations:speak", town.opened.pk, who="olena"),
        _of("consultations:speak", town.opened.pk, who="olena", then=send),
        _of(
            "consultations:speak",
            town.opened.pk,
            who="olena",
            query=f"?clause={town.said.clause_key}&kind=wording",
        ),
        _of("consultations:speak", town.states["closed"].pk, who="olena"),
        _of("consultations:speak", town.regulatory.pk, who="firm"),
    ],
    "consultations:remark": _remark,
    "consultations:costs": lambda town: [
        _of("consultations:costs", town.regulatory.pk),
        _of("consultations:costs", town.regulated.pk),
    ],
    "consultations:say_cost": lambda town: [
        _of("consultations:say_cost", town.regulatory.pk, who="olena"),
        _of("consultations:say_cost", town.regulatory.pk, who="firm"),
        _of(
            "consultations:say_cost",
            town.regulatory.pk,
            who="firm",
            query=f"?organisation={town.terrace.pk}",
            then=leave_all_empty,
        ),
    ],
    "organisations:mine": lambda town: [
        _of("organisations:mine", who=who) for who in ("bohdan", "charlie", "olena")
    ],
    "organisations:register": _simple("organisations:register", "olena", send),
    "organisations:detail": _companies,
    **{
        f"organisations:{name}": _own_company(name, *steps)
        for name, steps in {
            "edit": (send_emptied,),
            "amend": (send_emptied,),
            "close": (),
            "invite": (send,),
        }.items()
    },
    **{
        f"organisations:{name}": lambda town, name=name: [
            _of(
                f"organisations:{name}",
                town.companies.cafe.pk,
                town.companies.mandate.pk,
                who="bohdan",
            )
        ]
        for name in ("change", "revoke")
    },
    "organisations:invitation": lambda town: [
        _of(
            "organisations:invitation",
            town.companies.invitation.pk,
            token_of(town.companies.invitation),
            who=who,
        )
        for who in ("anon", "charlie", "olena")
    ],
    "organisations_desk:queue": lambda town: [
        _of("organisations_desk:queue", who="ofi", query=query)
        for query in ("", "?list=refused", "?list=confirmed", "?list=headless", "?list=closed")
    ],
    "organisations_desk:detail": lambda town: [
        *(
            _of("organisations_desk:detail", each.pk, who="ofi")
            for each in (
                *(town.companies.cafe, town.companies.waiting, town.companies.refused),
                town.companies.headless,
            )
        ),
        _of("organisations_desk:detail", town.companies.waiting.pk, who="ofi", then=send),
    ],
    "organisations_desk:close": lambda town: [
        _of("organisations_desk:close", town.companies.cafe.pk, who="ofi")
    ],
    "organisations_desk:amendment": lambda town: [
        _of("organisations_desk:amendment", town.companies.amendment.pk, who="ofi"),
        _of("organisations_desk:amendment", town.companies.amendment.pk, who="ofi", then=send),
    ],
    "portal:organisation": lambda town: [_of("portal:organisation", town.terrace.pk)],
    "desk:costs": lambda town: [_of("desk:costs", town.regulatory.pk, who="ofi")],
    "consultations:edit": lambda town: [
        _of("consultations:edit", town.opened.pk, town.said.pk, who="olena")
    ],
    "consultations:delete": lambda town: [
        _of("consultations:delete", town.opened.pk, town.said.pk, who="olena")
    ],
    "desk:list": _simple("desk:list", "ofi"),
    "desk:new": _simple("desk:new", "ofi", send),
    "desk:detail": lambda town: [
        _of("desk:detail", other.pk, who="ofi") for other in town.states.values()
    ],
    "desk:edit": lambda town: [
        _of("desk:edit", town.states[state].pk, who="ofi") for state in ("preparing", "open")
    ],
    "desk:announce": lambda town: [_of("desk:announce", town.states["preparing"].pk, who="ofi")],
    "desk:dates": _work("desk:dates", send),
    "desk:withdraw": _work("desk:withdraw", send),
    "desk:report": lambda town: [
        _of("desk:report", town.states["closed"].pk, who="ofi"),
        _of("desk:report", town.states["closed"].pk, who="ofi", then=send),
    ],
    "desk:text": lambda town: [
        _of("desk:text", town.states[state].pk, who="ofi") for state in ("open", "closed")
    ],
    "desk:import": _work("desk:import", send, send_odd_file),
    "desk:publish": _work("desk:publish"),
    "desk:clause": lambda town: [
        _of("desk:clause", town.opened.pk, town.preview.pk, who="ofi"),
        _of("desk:clause", town.opened.pk, town.preview.pk, who="ofi", then=split_nowhere),
    ],
    "desk:papers": _work("desk:papers", send, send_first),
    "desk:detach": lambda town: [_of("desk:detach", town.opened.pk, town.attachment.pk, who="ofi")],
    "desk:unlink": lambda town: [_of("desk:unlink", town.opened.pk, town.link.pk, who="ofi")],
    "desk:remarks": lambda town: (
        [
            _of("desk:remarks", town.opened.pk, who="ofi", query=query)
            for query in ("", "?answered=all")
        ]
        + [_of("desk:remarks", town.opened.pk, who="ofi", then=answer_nothing)]
    ),
    "moderation:report": lambda town: [
        _of("moderation:report", town.his.pk, who="charlie"),
        _of("moderation:report", town.his.pk, who="charlie", then=send),
    ],
    "moderation:queue": _queue,
    "moderation:log": _simple("moderation:log", "mo"),
    "app_code_list": lambda town: [Look("/dev/codes/")],
    "kept_mail_list": lambda town: [Look("/dev/mail/")],
    "kept_mail_detail": lambda town: [Look(f"/dev/mail/{town.letter}/")],
    # Not of the product's own: what it answers when something is wrong.
    "broken": lambda town: [
        *(Look(f"/broken/{status}/", status=status) for status in (400, 403, 413, 429, 500, 503)),
        Look("/no-such-page/", status=404),
        _of("portal:desk", who="olena", status=403),
    ],
}

NO_PAGE = {
    "my_data_ask": "POST; a refusal is shown on the page of one's data",
    "my_data_end": "POST",
    "healthz": "JSON for a load balancer",
    "robots": "text for robots",
    "sitemap": "XML for robots",
    "security-txt": "text for researchers",
    "file": "a file to be saved",
    "account_complete_password_reset": "comes after a code from a mail: tests/accounts go there",
    "mfa_login_webauthn": "POST; its errors are shown on the page to sign in",
    "mfa_download_recovery_codes": "a text to be saved",
    "consultations:feed": "Atom",
    "petitions:feed": "Atom",
    "votes:codes": "a file to be saved",
    **dict.fromkeys(
        (f"votes_desk:{name}" for name in ("schedule", "publish", "discard", "question_delete")),
        "POST",
    ),
    "petitions:data_csv": "a file to be saved",
    "petitions:data_json": "a file to be saved",
    "consultations:calendar": "iCalendar",
    "consultations:dates": "iCalendar",
    "consultations:remarks": "a region of the consultation's page",
    "consultations:mine": "JSON",
    "consultations:voices": "a region of the forms to speak",
    "consultations:take_back_cost": "POST",
    "desk:costs_csv": "a file to be saved",
    "consultations:reply": "POST; its errors are shown on the remark's page",
    "consultations:react": "POST",
    "desk:split": "POST; its errors are shown on the clause's page",
    "desk:join": "POST",
    "desk:renumber": "POST; its errors are shown on the clause's page",
    "desk:attach": "POST; its errors are shown beside the papers",
    "desk:link": "POST; its errors are shown beside the papers",
    "desk:answer": "POST; its errors are shown in the table",
    "identity:name": "POST",
    "identity:begin": "POST; leads away: tests/journeys/test_verify.py goes there",
    "identity:enter": "POST; leads away",
    "identity:callback": "where a provider sends one back to: tests/journeys/test_verify.py",
    "identity:disconnect": "POST",
    "identity:merge_code": "comes after a code from a mail: tests/accounts/identity go there",
    "identity:merge_confirm": "comes after a proof: tests/accounts/identity go there",
    "identity:merge_give_up": "POST",
    "residence:district": "comes after a provider's word: tests/journeys/test_verify.py goes there",
    "residence:code": "POST; its errors are shown on the page of the residence",
    "people:print": "POST; a file to be printed",
    "people:print_again": "POST; a file to be printed",
    "people:confirm": "POST; its errors are shown beside the list",
    "people:decline": "POST",
    **dict.fromkeys(("organisations:sign", "organisations:letter"), "POST"),
    "organisations:code": "POST; its errors are shown on the organisation's page",
    "organisations:withdraw": "POST",
    "organisations_desk:confirm": "POST; its errors are shown on the organisation's page",
    "organisations_desk:refuse": "POST; its errors are shown on the organisation's page",
    "organisations_desk:head": "POST; its errors are shown on the organisation's page",
    "organisations_desk:letters": "PDF",
    "organisations_desk:export": "CSV",
    "petitions:standing": "a region of the petition's page",
    "petitions:talk": "a region of the petition's page",
    "petitions:my_talk": "JSON",
    "petitions:card": "PNG",
    "petitions:poster": "PDF",
    "petitions:reply": "POST; its errors are shown on the comment's page",
    "petitions:react": "POST",
    "petitions:start_alike": "a region of the page for the title",
    "petitions:sign_code_again": "POST",
    "petitions:anew": "POST",
    **dict.fromkeys(
        (
            f"petitions_desk:{name}"
            for name in (
                *("publish", "refuse", "sort", "hide_news", "review", "agenda", "decide"),
                *("promise", "note_step"),
            )
        ),
        "POST; its errors are shown on the petition's page at the desk",
    ),
    "petitions_desk:force_ground": "POST",
    "petitions:ledger_download": "a file to be saved",
    "petitions:ledger_days": "a file to be saved",
    "petitions:challenge": "JSON for a script",
    "petitions_desk:defence_remove": "POST; a refusal is shown on the page of the rule",
    "petitions_desk:defence_count": "POST; a refusal is shown on the page of the rule",
    "petitions_desk:defence_guard": "POST",
    "moderation:approve": "POST",
    "tokens:revoke": "POST",
    "moderation:hide": "POST; its errors are shown in the queue",
    "moderation:restore": "POST",
    **dict.fromkeys(
        (f"api:{name}" for name in ("consultations", "consultation", "clauses", "remarks")), "JSON"
    ),
    **dict.fromkeys((f"api:{name}" for name in ("me", "organisations", "organisation")), "JSON"),
    **dict.fromkeys(
        (f"api:petition{name}" for name in ("s", "", "_totals")),
        "JSON",
    ),
    **dict.fromkeys((f"api:{name}" for name in ("signature", "signatures", "ledger")), "JSON"),
    "api:remark": "JSON",
    "api:schema": "JSON",
    "api:": "JSON: the API's 404",
}


def names() -> set[str]:
    """The names of all routes, with their namespaces."""
    return {name for name, _ in _walk(get_resolver("tests.journeys.urls").url_patterns)}


def _walk(patterns: list[Any], spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _walk(pattern.url_patterns, inner)
        else:
            yield ":".join((*spaces, pattern.name or "")), pattern


def looks(town: Town) -> list[Look]:
    """All pages, in an order in which what one does disturbs none that comes later."""
    return [look for pages in PAGES.values() for look in pages(town)]


def public(town: Town) -> list[Look]:
    """The pages that anybody sees, as they come."""
    return [look for look in looks(town) if look.who == "anon" and look.then is None]
