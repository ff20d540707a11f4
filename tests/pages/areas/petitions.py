"""Petitions, and their desk."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from petitions.models import PetitionPhoto
from petitions.signing import tokens
from petitions.signing.tokens import token_of_mails as token_of_mails
from petitions.signing.tokens import token_of_objection as token_of_objection
from tests.pages.page_checks import PageCheck, PageChecks, of, simple
from tests.pages.page_walk import PageWalk
from tests.pages.steps import (
    enter_no_code,
    look_at_news,
    open_all,
    open_comment,
    send,
    send_emptied,
    send_no_text,
    stop_mails,
    type_title,
)


def _unsubscribe(town: PageWalk) -> list[PageCheck]:
    signed = town.petitions["collecting"].signatures.filter(user=None).first()
    args = (signed.petition_id, signed.pk, token_of_mails(signed))
    return [of("petitions:unsubscribe", *args, then=step) for step in (None, stop_mails)]


def _signing(town: PageWalk) -> dict[str, list[PageCheck]]:
    """The pages of signing: by an account, by mail, and what comes of it."""
    collecting, reached = (town.petitions[name].pk for name in ("collecting", "reached"))
    over = town.petitions["not_reached"].pk
    asked, by_mail = town.signers.asked, town.signers.by_mail
    waiting = (collecting, asked.pk, tokens.handle_of(asked))
    looks = {
        "sign": [
            of("petitions:sign", collecting),
            of("petitions:sign", collecting, who="bohdan"),
            of("petitions:sign", reached, who="charlie"),
            of("petitions:sign", over, who="bohdan"),
        ],
        "signed": [
            of("petitions:signed", reached, who="charlie"),
            of("petitions:signed", town.flooded.petition.pk, who="bohdan"),
        ],
        "unsign": [of("petitions:unsign", reached, who="charlie")],
        "signers": [
            of("petitions:signers", collecting),
            of("petitions:signers", reached, who="charlie", query="?day=2020-01-01"),
        ],
        "sign_by_mail": [
            of("petitions:sign_by_mail", collecting),
            of("petitions:sign_by_mail", collecting, then=send),
            of("petitions:sign_by_mail", over),
        ],
        "sign_code": [
            of("petitions:sign_code", *waiting),
            of("petitions:sign_code", *waiting, then=enter_no_code),
        ],
        "confirm": [
            of("petitions:confirm", collecting, asked.pk, tokens.link_of(asked)),
            of("petitions:confirm", collecting, asked.pk, "0" * 40, status=404),
        ],
        "signature": [
            of(
                "petitions:signature",
                collecting,
                by_mail.pk,
                tokens.page_of_signature(by_mail),
                then=open_all,
            )
        ],
    }
    return {f"petitions:{name}": found for name, found in looks.items()}


def _rule(town: PageWalk) -> list[PageCheck]:
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
        of(name, pk, who="mo"),
        of(name, pk, who="mo", then=try_nothing),
        of(name, pk, who="mo", then=try_a_network),
        of(name, pk, who="mo", query="?waiting=on&mark=network"),
        of(name, town.petitions["review"].pk, who="mo", query="?domains=viche.example"),
    ]


def _objection(town: PageWalk) -> list[PageCheck]:
    name, pk = "petitions:objection_by_link", town.flooded.petition.pk
    other = town.flooded.removal.signatures.filter(user=None, objections=None).first()
    return [
        of(name, pk, each.pk, token_of_objection(each), then=step)
        for each, step in ((town.flooded.by_mail, None), (other, None), (other, send))
    ]


def _petitions_at_the_desk(town: PageWalk) -> list[PageCheck]:
    def refuse_without_ground(page: Page) -> None:
        """Refuse a petition on no ground."""
        page.locator("details[data-hide] summary").click()
        page.locator("details[data-hide] form button").click()
        expect(page.locator("[data-error-summary]")).to_be_visible()

    name, those = "petitions_desk:detail", town.petitions
    return [
        *(of(name, each.pk, who="admin") for state, each in those.items() if state != "draft"),
        of(name, those["moderation"].pk, who="mo", then=open_all),
        of(name, those["moderation"].pk, who="mo", then=refuse_without_ground),
        of(name, those["collecting"].pk, who="ofi", then=open_all),
        of(name, those["answered"].pk, who="ofi", then=open_all),
    ]


PAGES: dict[str, PageChecks] = {
    "petitions:list": lambda town: [
        of("petitions:list", query=query)
        for query in ("", "?state=all", "?state=awaiting", "?q=велодоріжку", "?q=цсрґ")
    ],
    "petitions:detail": lambda town: [
        *(of("petitions:detail", each.pk) for each in town.petitions.values() if each.published_at),
        of("petitions:detail", town.petitions["collecting"].pk, who="bohdan", then=open_all),
        of("petitions:detail", town.petitions["collecting"].pk, who="bohdan", then=open_comment),
    ],
    "petitions:answer": lambda town: [of("petitions:answer", town.petitions["answered"].pk)],
    "petitions:speak": lambda town: [
        of("petitions:speak", town.petitions["collecting"].pk, who="bohdan"),
        of("petitions:speak", town.petitions["collecting"].pk, who="bohdan", then=send),
        of("petitions:speak", town.petitions["withdrawn"].pk, who="bohdan"),
    ],
    "petitions:comment": lambda town: [
        of("petitions:comment", town.petitions["collecting"].pk, town.comment.pk),
        of("petitions:comment", town.petitions["collecting"].pk, town.comment.pk, who="bohdan"),
        of(
            "petitions:comment",
            town.petitions["collecting"].pk,
            town.comment.pk,
            who="olena",
            then=send,
        ),
        of(
            "petitions:comment", town.petitions["collecting"].pk, town.hidden_comment.pk, status=404
        ),
    ],
    **{
        f"petitions:{name}_comment": lambda town, name=name: [
            of(
                f"petitions:{name}_comment",
                town.petitions["collecting"].pk,
                town.comment.pk,
                who="bohdan",
            )
        ]
        for name in ("edit", "delete")
    },
    "petitions:start": lambda town: [
        of("petitions:start"),
        of("petitions:start", who="olena", then=open_all),
    ],
    "petitions:start_what": lambda town: [
        of("petitions:start_what", town.petitions["draft"].pk, who="olena"),
        of("petitions:start_what", town.petitions["draft"].pk, who="olena", then=send_emptied),
        of("petitions:start_what", town.petitions["draft"].pk, who="olena", then=type_title),
    ],
    "petitions:start_similar": lambda town: [
        of("petitions:start_similar", town.alike.pk, who="olena")
    ],
    **{
        f"petitions:start_{name}": lambda town, name=name, step=step: [
            of(f"petitions:start_{name}", town.petitions["draft"].pk, who="olena"),
            of(f"petitions:start_{name}", town.petitions["draft"].pk, who="olena", then=step),
        ]
        for name, step in {"text": send_no_text, "author": send_emptied}.items()
    },
    **{
        f"petitions:{name}": lambda town, name=name: [
            of(f"petitions:{name}", town.petitions["draft"].pk, who="olena")
        ]
        for name in ("start_check", "start_discard", "start_photos")
    },
    "petitions:take_out_photo": lambda town: [
        of("petitions:take_out_photo", photo.petition_id, photo.pk, who="olena")
        for photo in PetitionPhoto.objects.filter(petition=town.petitions["draft"])
    ],
    "petitions:sent": lambda town: [
        of("petitions:sent", town.petitions["moderation"].pk, who="olena")
    ],
    "petitions:mine": lambda town: [of("petitions:mine", who=who) for who in ("olena", "charlie")],
    "petitions:own": lambda town: [
        of("petitions:own", each.pk, who="olena")
        for state, each in town.petitions.items()
        if state != "draft"
    ],
    "petitions:withdraw": lambda town: [
        of("petitions:withdraw", town.petitions["collecting"].pk, who="olena", then=step)
        for step in (None, send)
    ],
    "petitions:news": lambda town: [
        *(
            of("petitions:news", town.petitions["collecting"].pk, who="olena", then=step)
            for step in (None, send, look_at_news)
        ),
        of("petitions:news", town.petitions["refused"].pk, who="olena"),
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
        of("petitions:ledger", each.pk)
        for each in (town.flooded.petition, town.petitions["collecting"])
    ],
    "petitions:how_to_check": lambda town: [of("petitions:how_to_check")],
    "petitions:objection": lambda town: [
        of("petitions:objection", town.flooded.petition.pk, who="bohdan", then=step)
        for step in (None, send)
    ],
    "petitions:objection_by_link": _objection,
    "petitions_desk:defence": lambda town: [
        *(
            of("petitions_desk:defence", town.flooded.petition.pk, who="mo", query=query)
            for query in ("", "?window=day", "?window=all")
        ),
        of("petitions_desk:defence", town.flooded.petition.pk, who="mo", then=open_all),
        of("petitions_desk:defence", town.petitions["review"].pk, who="mo"),
    ],
    "petitions_desk:defence_rule": _rule,
    "petitions_desk:defence_signature": lambda town: [
        of(
            "petitions_desk:defence_signature",
            town.flooded.petition.pk,
            town.flooded.honest.pk,
            who="mo",
            then=step,
        )
        for step in (None, send)
    ],
    "petitions_desk:defence_removal": lambda town: [
        of("petitions_desk:defence_removal", each.petition_id, each.pk, who="mo", then=step)
        for each, step in (
            (town.flooded.removal, None),
            (town.flooded.removal, send),
            (town.flooded.reversed, None),
        )
    ],
    "petitions_desk:objections": lambda town: [
        of("petitions_desk:objections", who=who) for who in ("mo", "ofi")
    ],
    "petitions_desk:objection": lambda town: [
        of(
            "petitions_desk:objection",
            town.flooded.petition.pk,
            town.flooded.objection.pk,
            who=who,
            then=step,
        )
        for who, step in (("mo", None), ("admin", None), ("admin", send))
    ],
    "petitions_desk:list": lambda town: [
        of("petitions_desk:list", who=who, query=query)
        for who, query in (
            ("mo", ""),
            ("ofi", "?state=answered"),
            ("mo", f"?state=refused&department={town.opened.department.slug}"),
        )
    ],
    "petitions_desk:detail": _petitions_at_the_desk,
    "petitions_desk:answer": lambda town: (
        [
            of("petitions_desk:answer", town.petitions["supported"].pk, who="ofi", then=step)
            for step in (None, send)
        ]
        + [
            of("petitions_desk:answer", town.petitions[name].pk, who="ofi")
            for name in ("collecting", "not_reached", "as_appeal")
        ]
    ),
    "petitions_desk:rules": lambda town: [
        of("petitions_desk:rules", who=who) for who in ("mo", "admin")
    ],
    "petitions_desk:change_rules": simple("petitions_desk:change_rules", "admin", send),
    "petitions_desk:new_ground": simple("petitions_desk:new_ground", "admin", send),
    "petitions_desk:change_ground": lambda town: [
        of("petitions_desk:change_ground", town.petitions["refused"].refused_on_id, who="admin")
    ],
}

#: Routes that show no page, and why.
NO_PAGE = {
    "petitions:feed": "Atom",
    "petitions:data_csv": "a file to be saved",
    "petitions:data_json": "a file to be saved",
    "petitions:standing": "a region of the petition's page",
    "petitions:talk": "a region of the petition's page",
    "petitions:my_talk": "JSON",
    "petitions:card": "PNG",
    "petition-photo": "a picture",
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
                *("publish", "refuse", "sort", "hide_news", "restore_news", "review"),
                *("agenda", "decide", "promise", "note_step", "remove_photo"),
            )
        ),
        "POST; its errors are shown on the petition's page at the desk",
    ),
    "petitions_desk:force_ground": "POST",
    "petitions:ledger_download": "a file to be saved",
    "petitions:ledger_days": "a file to be saved",
    "petitions:ledger_hours": "a file to be saved",
    "petitions:challenge": "JSON for a script",
    "petitions_desk:defence_remove": "POST; a refusal is shown on the page of the rule",
    "petitions_desk:defence_count": "POST; a refusal is shown on the page of the rule",
    "petitions_desk:defence_guard": "POST",
    **dict.fromkeys(
        (f"api:petition{name}" for name in ("s", "", "_totals")),
        "JSON",
    ),
    **dict.fromkeys((f"api:{name}" for name in ("signature", "signatures", "ledger")), "JSON"),
}
