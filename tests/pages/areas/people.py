"""The first pages, accounts, and what people tell of themselves."""

from __future__ import annotations

from accounts.hand_overs.models import HandOver
from accounts.invitations.tokens import token_of as staff_token_of
from city.models import District
from consultations.models import Remark
from notifications.channels.bounces.stopping import link_of
from notifications.models import BouncedAddress, PushSubscription
from search.entries import fill
from tests.pages.page_checks import PageCheck, PageChecks, of, simple
from tests.pages.page_walk import PageWalk
from tests.pages.steps import (
    ask_and_send,
    ask_for_code,
    check_nothing,
    choose_district,
    confirm_works,
    expire,
    find,
    find_nobody,
    give_password,
    give_password_and_send,
    make_token,
    open_all,
    send,
    send_code,
    send_first,
    sign_up,
    tell_the_city,
    try_passkey,
)


def _said_again(town: PageWalk) -> list[PageCheck]:
    said = Remark.objects.filter(comment__deleted_at=None, comment__author=town.people["olena"])
    refused = town.petitions["refused"]
    return [
        of("tracks:again", "remark", said.latest("pk").pk, who="olena"),
        of("tracks:again", "petition", refused.pk, who="olena"),
        of("tracks:again", "petition", refused.pk, who="charlie", status=404),
        of("tracks:again", "appeal", town.desk_appeals.by_name["in_work"].pk, who="olena"),
    ]


def _suggestion(town: PageWalk) -> list[PageCheck]:
    pk = town.desk_appeals.by_name["in_work"].pk
    return [of("tracks_desk:suggest", pk, who="ofi", then=step) for step in (None, send)]


def _browsers(town: PageWalk) -> list[PageCheck]:
    PushSubscription.objects.get_or_create(
        endpoint="https://push.example/1", defaults={"user": town.people["bohdan"]}
    )
    return [of("channels:push", who=who) for who in ("olena", "bohdan")]


def _bounced(town: PageWalk) -> list[PageCheck]:
    bounced = town.people["bohdan"].email
    BouncedAddress.objects.get_or_create(email=bounced, defaults={"status": "5.1.1"})
    return [of("channels:address", who=who) for who in ("olena", "bohdan")]


def _handed_over(town: PageWalk) -> list[PageCheck]:
    appeal = town.desk_appeals.by_name["in_work"]
    made = HandOver.objects.create(
        occasion="revoked", person=town.people["ofi"], by=town.people["admin"]
    )
    made.rows.create(
        kind="appeal",
        object_id=appeal.pk,
        from_department=appeal.department,
        from_person=town.people["ofi"],
        to_department=appeal.department,
    )
    return [of("staff:hand_over", made.pk, who="admin")]


def _works(town: PageWalk) -> list[PageCheck]:
    bounced = BouncedAddress.objects.create(email="stranger@example.org", status="5.1.1")
    return [PageCheck(link_of(bounced), then=step) for step in (None, confirm_works)]


def _searched(town: PageWalk) -> list[PageCheck]:
    fill()
    queries = ("", "?q=майданчик", "?q=майданчек", "?q=цсрґ")
    return [of("portal:search", query=query) for query in queries]


PAGES: dict[str, PageChecks] = {
    "portal:home": lambda town: [
        of("portal:home"),
        of("portal:home", who="mo"),
        of("portal:home", then=choose_district),
    ],
    "portal:district": lambda town: [
        of("portal:district", slug, who=who)
        for slug in District.objects.order_by("pk").values_list("slug", flat=True)[:2]
        for who in ("anon", "olena")
    ],
    "portal:search": _searched,
    "tracks:start": lambda town: [
        of("tracks:start"),
        of("tracks:start", then=send),
        *(of("tracks:start", who=who, then=tell_the_city) for who in ("anon", "olena")),
    ],
    "tracks:again": _said_again,
    "tracks_desk:suggest": _suggestion,
    "portal:me": lambda town: [of("portal:me", who=who) for who in ("olena", "firm")],
    "my_data": lambda town: [of("my_data", who=who) for who in ("olena", "firm", "charlie")],
    "my_data_download": lambda town: [
        of("my_data_download", town.expired_export.pk, who="bohdan", status=410)
    ],
    "my_data_journal": lambda town: [of("my_data_journal", who=who) for who in ("olena", "firm")],
    "my_data_erase": lambda town: [
        of("my_data_erase", who="olena"),
        of("my_data_erase", who="olena", then=send),
        of("my_data_erase", who="mo", status=403),
    ],
    "my_data_erased": simple("my_data_erased"),
    "portal:desk": lambda town: [of("portal:desk", who=who) for who in ("mo", "ofi", "admin")],
    "staff:list": lambda town: [
        of("staff:list", who="admin"),
        of("staff:list", who="admin", query="?department="),
        of("staff:list", who="admin", then=send),
    ],
    "staff:invite_many": simple("staff:invite_many", "admin", send),
    "staff:invite": lambda town: [
        of("staff:invite", who="admin", query=query, then=send)
        for query in ("", f"?department={town.opened.department.slug}")
    ],
    "staff:revoke_invitation": lambda town: [
        of("staff:revoke_invitation", town.companies.staff_invitation.pk, who="admin")
    ],
    "staff_invitations:invitation": lambda town: [
        of(
            "staff_invitations:invitation",
            town.companies.staff_invitation.pk,
            staff_token_of(town.companies.staff_invitation),
            who=who,
        )
        for who in ("anon", "charlie", "olena")
    ],
    "staff:person": lambda town: [
        of("staff:person", town.people["mo"].pk, who="admin"),
        of("staff:person", town.people["olena"].pk, who="admin"),
        of("staff:person", town.people["ofi"].pk, who="ofi"),
    ],
    "staff:grant": lambda town: [
        of("staff:grant", town.people["olena"].pk, who="admin", query=query, then=send)
        for query in ("", f"?department={town.opened.department.slug}")
    ],
    "staff:revoke": lambda town: [
        of("staff:revoke", town.duty.pk, who="admin"),
        of("staff:revoke", town.duty.pk, who="admin", then=send),
    ],
    "staff:leave": lambda town: [
        of("staff:leave", town.people["ofi"].pk, who="admin", then=step) for step in (None, send)
    ],
    "staff:hand_over": _handed_over,
    "staff:reset_factors": lambda town: [
        of("staff:reset_factors", town.people["mo"].pk, who="admin", then=step)
        for step in (None, send)
    ],
    "staff:cover": lambda town: [
        of("staff:cover", town.people["mo"].pk, who="mo", then=step) for step in (None, send)
    ],
    "staff:end_cover": lambda town: [of("staff:end_cover", town.absence.pk, who="ofi")],
    "api-docs": simple("api-docs", "anon", open_all),
    "account_signup": simple("account_signup", "anon", send),
    "account_email_verification_sent": simple("account_signup", "anon", sign_up),
    "account_login": simple("account_login", "anon", send_first, expire),
    "account_request_login_code": simple("account_request_login_code", "anon", send),
    "account_confirm_login_code": lambda town: [
        of("account_request_login_code", then=step) for step in (ask_for_code, ask_and_send)
    ],
    "mfa_authenticate": lambda town: [
        of("account_login", then=step) for step in (give_password, give_password_and_send)
    ],
    "account_logout": simple("account_logout", "olena"),
    "account_inactive": simple("account_inactive"),
    "account_reset_password": simple("account_reset_password", "anon", send),
    "account_confirm_password_reset_code": lambda town: [
        of("account_reset_password", then=ask_for_code)
    ],
    "account_password_reset_completed": simple("account_password_reset_completed"),
    "account_index": simple("account_index", "olena"),
    "account_profile": simple("account_profile", "olena"),
    "account_agree": simple("account_agree", "olena", send),
    "channels:push": _browsers,
    "channels:address": _bounced,
    "channels:address_works": _works,
    "tokens:list": simple("tokens:list", "olena"),
    "tokens:new": simple("tokens:new", "olena", send, make_token),
    "account_email": lambda town: [
        of("account_email", who="firm"),
        of("account_email", who="firm", then=send),
        of("account_email", who="maria"),
    ],
    "account_change_password": simple("account_change_password", "firm", send),
    "account_set_password": simple("account_set_password", "olena", send),
    "account_reauthenticate": simple("account_reauthenticate", "firm", send),
    "account_reauthenticate_mail": simple("account_reauthenticate_mail", "olena", send_code),
    "mfa_reauthenticate": simple("mfa_reauthenticate", "mo", send),
    "mfa_reauthenticate_webauthn": simple("mfa_reauthenticate_webauthn", "mo", try_passkey),
    "mfa_index": lambda town: [of("mfa_index", who=who) for who in ("olena", "ofi", "mo")],
    "account_factor_needed": simple("account_factor_needed", "mo"),
    "mfa_activate_totp": simple("mfa_activate_totp", "olena", send),
    "mfa_deactivate_totp": lambda town: [
        of("mfa_deactivate_totp", who=who) for who in ("mo", "ofi")
    ],
    "mfa_add_webauthn": simple("mfa_add_webauthn", "olena", try_passkey),
    "mfa_edit_webauthn": lambda town: [of("mfa_edit_webauthn", town.passkey.pk, who="mo")],
    "mfa_remove_webauthn": lambda town: [of("mfa_remove_webauthn", town.passkey.pk, who="mo")],
    "mfa_view_recovery_codes": simple("mfa_view_recovery_codes", "mo"),
    "mfa_generate_recovery_codes": simple("mfa_generate_recovery_codes", "mo"),
    "usersessions_list": simple("usersessions_list", "olena"),
    "account_paper": simple("account_paper", "anon", send),
    "account_reauthenticate_paper": simple("account_reauthenticate_paper", "maria", send),
    "identity:verify": lambda town: [of("identity:verify", who=who) for who in ("olena", "maria")],
    "identity:merge": simple("identity:merge", "olena", send),
    "residence:mine": lambda town: [
        *(of("residence:mine", who=who) for who in ("olena", "firm", "charlie", "bohdan")),
        of("residence:mine", who="firm", then=send),
    ],
    "residence:declare": lambda town: [
        of("residence:declare", who="olena"),
        of("residence:declare", who="olena", then=send),
        of("residence:declare", who="bohdan"),
    ],
    "residence:letter": simple("residence:letter", "bohdan", send),
    "residence:end": simple("residence:end", "firm"),
    "people:search": lambda town: [
        of("people:search", who="ofi"),
        of("people:search", who="ofi", then=find_nobody),
    ],
    "people:person": lambda town: [
        of("people:search", who="ofi", then=find(who)) for who in ("olena", "bohdan", "mo")
    ],
    "people:check": lambda town: [
        of("people:search", who="ofi", then=find("firm", "check/")),
        of("people:search", who="ofi", then=check_nothing),
    ],
    "people:sheet": lambda town: [
        of("people:search", who="ofi", then=find("olena", "sheet/")),
    ],
    "people:end_residence": lambda town: [
        of("people:search", who="ofi", then=find("bohdan", "residence/end/")),
    ],
    "people:register": simple("people:register", "ofi", send),
    "people:letters": simple("people:letters", "ofi"),
    "people:lists": simple("people:lists", "ofi", open_all, send),
    "people:list": lambda town: [
        of("people:list", town.checks.pk, who=who) for who in ("ofi", "admin")
    ],
}

#: Routes that show no page, and why.
NO_PAGE = {
    "my_data_ask": "POST; a refusal is shown on the page of one's data",
    "my_data_end": "POST",
    "account_complete_password_reset": "comes after a code from a mail: tests/accounts go there",
    "mfa_login_webauthn": "POST; its errors are shown on the page to sign in",
    "mfa_download_recovery_codes": "a text to be saved",
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
    "tokens:revoke": "POST",
    "channels:push_remove": "POST",
}
