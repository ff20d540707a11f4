"""Consultations, organisations, moderation, and what is shown when something is wrong."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from city.models import MartialLawPeriod
from consultations.models import ReceivedOffline, SheetImport
from consultations.register.numbering import number_remarks
from notifications.sending.unsubscribing import unsubscribe_path
from organisations.mandates.tokens import token_of
from tests.pages.areas.streets import add_streets
from tests.pages.page_checks import PageCheck, PageChecks, Step, of, simple
from tests.pages.page_walk import PageWalk
from tests.pages.steps import (
    answer_nothing,
    end_martial_law,
    enter_no_code,
    join_nothing,
    leave_all_empty,
    open_all,
    open_cost_form,
    open_form,
    open_form_and_send,
    preview_table,
    send,
    send_emptied,
    send_first,
    send_odd_file,
    speak,
    split_nowhere,
    stop_mails,
)


def _reply(town: PageWalk) -> int:
    """The council's reply to what olena said."""
    return town.said.comment.answers.get(is_official=True).pk


def _work(name: str, *then: Step) -> PageChecks:
    """A page of the desk about the open consultation."""
    return lambda town: [
        of(name, town.opened.pk, who="ofi"),
        *(of(name, town.opened.pk, who="ofi", then=step) for step in then),
    ]


def _picture(name: str, town: PageWalk) -> PageCheck:
    """A page of the desk about the cover of the open consultation."""
    return of(name, town.opened.pk, town.opened.pictures.get(is_cover=True).pk, who="ofi")


def _detail(town: PageWalk) -> list[PageCheck]:
    pk = town.opened.pk
    name = "consultations:detail"
    return [
        *(of(name, other.pk) for state, other in town.states.items() if state != "preparing"),
        of(name, town.states["preparing"].pk, who="ofi"),
        of(name, pk, then=open_all),
        of(name, pk, query="?version=1"),
        of(name, pk, query="?sort=disputed&kind=question"),
        of(name, pk, query=f"?clause={town.said.clause_key}"),
        of(name, town.regulatory.pk, query="?voice=organisation"),
        of(name, town.regulatory.pk, who="firm", then=open_cost_form),
        of(name, town.regulated.pk),
        of(name, town.decided.consultation.pk),
        *(of(name, pk, who="olena", then=step) for step in (open_form, open_form_and_send, speak)),
    ]


def _remark(town: PageWalk) -> list[PageCheck]:
    name, pk = "consultations:remark", town.opened.pk
    return [
        of(name, pk, town.said.pk),
        of(name, pk, town.said.pk, who="olena", then=open_all),
        of(name, pk, town.said.pk, who="olena", then=send),
        of(name, pk, town.his.pk, who="ofi"),
        of(name, pk, town.hidden.pk, who="mo"),
        of(name, pk, town.hidden.pk, status=404),
        of(name, town.decided.consultation.pk, town.decided.remark.pk),
        *(
            of(name, town.regulatory.pk, sent.pk, who="bohdan")
            for sent in (town.companies.sent, town.companies.turned_down)
        ),
    ]


def _sheet(town: PageWalk) -> list[PageCheck]:
    """What a spreadsheet changes: a row, an error, a conflict."""
    number_remarks()
    rows = [[2, 1, "accepted", "", "", ""], [3, 2, "rejected", "Дорого.", "п. 99", ""]]
    brought = SheetImport.objects.create(
        consultation=town.opened,
        by=town.people["ofi"],
        rows=rows,
        errors=[[4, "«п’ять» – не номер зауваження."]],
    )
    return [of("desk:sheet", town.opened.pk, brought.pk, who="ofi")]


def _queue(town: PageWalk) -> list[PageCheck]:
    def hide_nothing(page: Page) -> None:
        """Hide without a reason."""
        page.locator("details[data-hide] summary").first.click()
        page.locator("details[data-hide] button").first.click()
        expect(page.locator("[data-error-summary]")).to_be_visible()

    lists = [f"?list={name}" for name in ("mine", "newest", "hidden")]
    return [
        *(of("moderation:queue", who="mo", query=query) for query in ["", *lists]),
        of("moderation:queue", who="mo", then=open_all),
        of("moderation:queue", who="mo", then=hide_nothing),
    ]


def begin_nothing(page: Page) -> None:
    """Let moderators read first without a reason."""
    page.locator(".queue__item details summary").first.click()
    page.locator(".queue__item details button").first.click()
    expect(page.locator("[data-error-summary]")).to_be_visible()


def _companies(town: PageWalk) -> list[PageCheck]:
    those = town.companies
    name = "organisations:detail"
    return [
        *(
            of(name, each.pk, who="bohdan")
            for each in (those.cafe, those.waiting, those.posted, those.refused)
        ),
        of(name, those.posted.pk, who="bohdan", then=enter_no_code),
        of(name, those.cafe.pk, who="firm"),
    ]


def _own_company(name: str, *steps: Step) -> PageChecks:
    """A page of the cafe's head."""

    def pages(town: PageWalk) -> list[PageCheck]:
        pk = town.companies.cafe.pk
        looks = [of(f"organisations:{name}", pk, who="bohdan", then=step) for step in steps]
        return [of(f"organisations:{name}", pk, who="bohdan"), *looks]

    return pages


def _unsubscribe(town: PageWalk) -> list[PageCheck]:
    path = unsubscribe_path(town.people["olena"].pk, town.opened.pk)
    return [PageCheck(path, then=step) for step in (None, stop_mails)]


PAGES: dict[str, PageChecks] = {
    "terms": simple("terms"),
    "privacy": simple("privacy"),
    "consultations:list": lambda town: [
        of("consultations:list", query=query) for query in ("", "?state=open", "?state=withdrawn")
    ],
    "consultations:detail": _detail,
    "consultations:changes": lambda town: [
        of("consultations:changes", town.opened.pk, query=query)
        for query in ("", "?view=side&all=1")
    ],
    "consultations:comparison": lambda town: [
        of("consultations:comparison", town.opened.pk, query=query) for query in ("", "?all")
    ],
    "consultations:text": lambda town: [of("consultations:text", town.opened.pk)],
    "offline": lambda _town: [PageCheck("/offline/")],
    "consultations:display": lambda town: [
        of("consultations:display", town.opened.pk, width=1920, height=1080),
        of("consultations:display", town.states["closed"].pk, width=1920, height=1080),
    ],
    "consultations:speak": lambda town: [
        of("consultations:speak", town.opened.pk, who="olena"),
        of("consultations:speak", town.opened.pk, who="olena", then=send),
        of(
            "consultations:speak",
            town.opened.pk,
            who="olena",
            query=f"?clause={town.said.clause_key}&kind=wording",
        ),
        of("consultations:speak", town.states["closed"].pk, who="olena"),
        of("consultations:speak", town.regulatory.pk, who="firm"),
    ],
    "consultations:remark": _remark,
    "consultations:costs": lambda town: [
        of("consultations:costs", town.regulatory.pk),
        of("consultations:costs", town.regulated.pk),
    ],
    "consultations:say_cost": lambda town: [
        of("consultations:say_cost", town.regulatory.pk, who="olena"),
        of("consultations:say_cost", town.regulatory.pk, who="firm"),
        of(
            "consultations:say_cost",
            town.regulatory.pk,
            who="firm",
            query=f"?organisation={town.terrace.pk}",
            then=leave_all_empty,
        ),
    ],
    "organisations:mine": lambda town: [
        of("organisations:mine", who=who) for who in ("bohdan", "charlie", "olena")
    ],
    "organisations:register": simple("organisations:register", "olena", send),
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
            of(
                f"organisations:{name}",
                town.companies.cafe.pk,
                town.companies.mandate.pk,
                who="bohdan",
            )
        ]
        for name in ("change", "revoke")
    },
    "organisations:invitation": lambda town: [
        of(
            "organisations:invitation",
            town.companies.invitation.pk,
            token_of(town.companies.invitation),
            who=who,
        )
        for who in ("anon", "charlie", "olena")
    ],
    "organisations_desk:queue": lambda town: [
        of("organisations_desk:queue", who="ofi", query=query)
        for query in ("", "?list=refused", "?list=confirmed", "?list=headless", "?list=closed")
    ],
    "organisations_desk:detail": lambda town: [
        *(
            of("organisations_desk:detail", each.pk, who="ofi")
            for each in (
                *(town.companies.cafe, town.companies.waiting, town.companies.refused),
                town.companies.headless,
            )
        ),
        of("organisations_desk:detail", town.companies.waiting.pk, who="ofi", then=send),
    ],
    "organisations_desk:close": lambda town: [
        of("organisations_desk:close", town.companies.cafe.pk, who="ofi")
    ],
    "organisations_desk:amendment": lambda town: [
        of("organisations_desk:amendment", town.companies.amendment.pk, who="ofi"),
        of("organisations_desk:amendment", town.companies.amendment.pk, who="ofi", then=send),
    ],
    "city_desk:index": simple("city_desk:index", "admin"),
    "city_desk:council": simple("city_desk:council", "admin", send_emptied),
    "city_desk:looks": simple("city_desk:looks", "admin", send_first),
    "city_desk:synonyms": simple("city_desk:synonyms", "admin"),
    "city_desk:map": simple("city_desk:map", "admin", send_odd_file),
    "city_desk:paste": lambda town: [
        *(of("city_desk:paste", plural, who="admin") for plural in ("districts", "streets")),
        *(
            of("city_desk:paste", "streets", who="admin", then=then)
            for then in (send, preview_table)
        ),
    ],
    "city_desk:ages": simple("city_desk:ages", "admin"),
    "city_desk:changes": simple("city_desk:changes", "admin"),
    "city_desk:periods": simple("city_desk:periods", "admin"),
    "city_desk:new_period": simple("city_desk:new_period", "admin", send),
    "city_desk:period": lambda town: [
        of("city_desk:period", MartialLawPeriod.objects.get().pk, who="admin", **more)
        for more in ({}, {"then": end_martial_law})
    ],
    "city_desk:rows": lambda town: [
        of("city_desk:rows", plural, who="admin") for plural in ("departments", "themes")
    ],
    "city_desk:new_row": lambda town: [
        of("city_desk:new_row", "departments", who="admin"),
        of("city_desk:new_row", "streets", who="admin", then=send),
        of("city_desk:new_row", "districts", who="admin", then=send),
    ],
    "city_desk:row": lambda town: [
        of("city_desk:row", "departments", town.opened.department_id, who="admin"),
        of("city_desk:row", "streets", add_streets()[0].pk, who="admin"),
    ],
    "city_desk:close_row": lambda town: [
        of(
            "city_desk:close_row",
            "departments",
            town.opened.department_id,
            who="admin",
            then=step,
            width=width,
        )
        for step, width in ((None, 1280), (send, 360))
    ],
    "desk:outages": simple("desk:outages", "admin"),
    "desk:new_outage": simple("desk:new_outage", "admin", send),
    "desk:procedures": simple("desk:procedures", "admin"),
    "desk:new_procedure": simple("desk:new_procedure", "admin", send),
    "desk:procedure": lambda town: [
        of("desk:procedure", town.opened.procedure_id, who="admin"),
    ],
    "portal:organisation": lambda town: [of("portal:organisation", town.terrace.pk)],
    "desk:costs": lambda town: [of("desk:costs", town.regulatory.pk, who="ofi")],
    "consultations:edit": lambda town: [
        of("consultations:edit", town.opened.pk, town.said.pk, who="olena")
    ],
    "consultations:delete": lambda town: [
        of("consultations:delete", town.opened.pk, town.said.pk, who="olena")
    ],
    "consultations:take_name_off": lambda town: [
        of("consultations:take_name_off", town.opened.pk, town.said.pk, who="olena"),
        of(
            "consultations:take_name_off",
            town.states["reported"].pk,
            town.states["reported"]
            .remarks.filter(comment__author=town.people["olena"])
            .values_list("pk", flat=True)
            .first(),
            who="olena",
        ),
    ],
    "consultations:delete_waiting": lambda town: [
        of("consultations:delete_waiting", town.regulatory.pk, town.companies.sent.pk, who="bohdan")
    ],
    "desk:list": simple("desk:list", "ofi"),
    "desk:new": simple("desk:new", "ofi", send),
    "desk:detail": lambda town: [
        of("desk:detail", other.pk, who="ofi") for other in town.states.values()
    ],
    "desk:edit": lambda town: [
        of("desk:edit", town.states[state].pk, who="ofi") for state in ("preparing", "open")
    ],
    "desk:announce": lambda town: [of("desk:announce", town.states["preparing"].pk, who="ofi")],
    "desk:dates": _work("desk:dates", send),
    "desk:discard": lambda town: [of("desk:discard", town.states["preparing"].pk, who="ofi")],
    "desk:withdraw": _work("desk:withdraw", send),
    "desk:report": lambda town: [
        of("desk:report", town.states[state].pk, who="ofi")
        for state in ("closed", "reported", "withdrawn")
    ],
    "desk:report_preview": lambda town: [
        of("desk:report_preview", town.states[state].pk, who="ofi") for state in ("closed", "open")
    ],
    "desk:publish_report": lambda town: [
        of("desk:publish_report", town.states["closed"].pk, who="ofi"),
        of("desk:publish_report", town.states["reported"].pk, who="ofi", then=send),
    ],
    "desk:report_versions": lambda town: [
        of("desk:report_versions", town.states["closed"].pk, who="ofi", then=open_all)
    ],
    "desk:report_costs": lambda town: [
        of("desk:report_costs", town.regulated.pk, who="ofi"),
    ],
    "desk:contacts": lambda town: [of("desk:contacts", town.states["closed"].pk, who="ofi")],
    "consultations:report": lambda town: [
        of("consultations:report", town.states["reported"].pk, query=query)
        for query in ("", "?edition=1")
    ],
    "desk:text": lambda town: [
        *(of("desk:text", town.states[state].pk, who="ofi") for state in ("open", "closed")),
        of("desk:text", town.opened.pk, who="ofi", then=join_nothing),
    ],
    "desk:register": _work("desk:register"),
    "desk:enter": _work("desk:enter", send),
    "desk:sheets": _work("desk:sheets", send),
    "desk:sheet": _sheet,
    "desk:repeats": _work("desk:repeats"),
    "desk:repeats_group": lambda town: [
        of("desk:repeats_group", town.opened.pk, town.said.pk, who="ofi")
    ],
    "desk:entry": lambda town: [
        of("desk:entry", town.opened.pk, ReceivedOffline.objects.get().pk, who="ofi")
    ],
    "desk:import": _work("desk:import", send, send_odd_file),
    "desk:tracked": _work("desk:tracked", send),
    "desk:publish": _work("desk:publish"),
    "desk:matching": lambda town: [
        of("desk:matching", town.opened.pk, who="ofi", query=query) for query in ("", "?all=1")
    ],
    "desk:carrying": _work("desk:carrying"),
    "notifications:unsubscribe": _unsubscribe,
    "desk:clause": lambda town: [
        of("desk:clause", town.opened.pk, town.preview.pk, who="ofi"),
        of("desk:clause", town.opened.pk, town.preview.pk, who="ofi", then=split_nowhere),
    ],
    "desk:papers": _work("desk:papers", send, send_first),
    "desk:detach": lambda town: [of("desk:detach", town.opened.pk, town.attachment.pk, who="ofi")],
    "desk:pictures": _work("desk:pictures"),
    "desk:new_picture": _work("desk:new_picture", send),
    "desk:picture": lambda town: [_picture("desk:picture", town)],
    "desk:remove_picture": lambda town: [_picture("desk:remove_picture", town)],
    "desk:unlink": lambda town: [of("desk:unlink", town.opened.pk, town.link.pk, who="ofi")],
    "desk:remarks": lambda town: (
        [
            of("desk:remarks", town.opened.pk, who="ofi", query=query)
            for query in ("", "?answered=all")
        ]
        + [of("desk:remarks", town.opened.pk, who="ofi", then=answer_nothing)]
    ),
    "desk:correct": lambda town: [
        of("desk:correct", town.opened.pk, town.said.pk, _reply(town), who="ofi", **more)
        for more in ({}, {"then": send})
    ],
    "moderation:report": lambda town: [
        of("moderation:report", town.his.pk, who="charlie"),
        of("moderation:report", town.his.pk, who="charlie", then=send),
    ],
    "moderation:queue": _queue,
    "moderation:log": simple("moderation:log", "mo"),
    "moderation:statistics": simple("moderation:statistics"),
    "moderation:contest": lambda town: [
        of("moderation:contest", town.contest.ruling.comment_id, who="charlie"),
        of("moderation:contest", town.hidden_comment.pk, who="charlie", then=send),
    ],
    "moderation:contests": lambda town: [
        of("moderation:contests", who="admin", then=open_all),
        of("moderation:contests", who="mo"),
        of("moderation:contests", who="mo", query="?list=decided"),
    ],
    "moderation:premoderation": lambda town: [
        of("moderation:premoderation", who="mo"),
        of("moderation:premoderation", who="mo", then=begin_nothing),
    ],
    "moderation:lists": lambda town: [
        of("moderation:lists", who="mo"),
        of("moderation:lists", who="mo", then=send),
    ],
    "moderation:texts": lambda town: [
        of("moderation:texts", who="mo", query=query, then=open_all)
        for query in ("", "?list=shown", "?list=hidden")
    ],
    "app_code_list": lambda town: [PageCheck("/dev/codes/")],
    "kept_mail_list": lambda town: [PageCheck("/dev/mail/")],
    "kept_mail_detail": lambda town: [PageCheck(f"/dev/mail/{town.letter}/")],
    # Not of the product's own: what it answers when something is wrong.
    "broken": lambda town: [
        *(
            PageCheck(f"/broken/{status}/", status=status)
            for status in (400, 403, 413, 429, 500, 503)
        ),
        PageCheck("/no-such-page/", status=404),
        of("portal:desk", who="olena", status=403),
    ],
}

#: Routes that show no page, and why.
NO_PAGE = {
    **dict.fromkeys(("city_desk:arms", "city_desk:remove_arms"), "POST"),
    "city_desk:remove_map": "POST",
    "city_desk:remove_row": "POST; its refusal is shown on the row's page",
    "desk:force_procedure": "POST",
    "council-arms": "a picture",
    "map-tiles": "a file of which scripts read parts",
    "map-features": "GeoJSON",
    **dict.fromkeys(("council-colours", "council-display-colours"), "a style sheet"),
    "axe": "a script of the tests",
    "healthz": "JSON for a load balancer",
    "healthz-jobs": "JSON for a monitor",
    "healthz-writes": "JSON for a monitor",
    "metrics": "figures for a monitor, 404 for others",
    "service-worker": "a script",
    "manifest": "JSON for browsers",
    "robots": "text for robots",
    "sitemap": "XML for robots",
    "security-txt": "text for researchers",
    "file": "a file to be saved",
    "consultations:feed": "Atom",
    **dict.fromkeys(("consultations:data_csv", "consultations:data_json"), "a file to be saved"),
    **dict.fromkeys(("consultations:remarks_csv", "consultations:remarks_json"), "a file"),
    "consultations:card": "a picture",
    "consultation-picture": "a picture",
    "portal:district_card": "a picture",
    "portal:card": "a picture",
    "consultations:calendar": "iCalendar",
    "consultations:dates": "iCalendar",
    "consultations:comparison_docx": "a Word document",
    "consultations:comparison_pdf": "PDF",
    "consultations:remarks": "a region of the consultation's page",
    "consultations:mine": "JSON",
    "consultations:voices": "a region of the forms to speak",
    "consultations:take_back_cost": "POST",
    "desk:costs_csv": "a file to be saved",
    "desk:tracked_docx": "a Word document",
    "desk:report_progress": "a region of the report's page",
    "desk:restore_report": "POST",
    "consultations:report_manifest": "text for programs",
    **dict.fromkeys(
        ("consultations:report_docx", "consultations:report_pdf"), "a file to be saved"
    ),
    **dict.fromkeys(("desk:report_preview_docx", "desk:report_preview_pdf"), "a file to be saved"),
    "consultations:send_waiting": "POST; what it refuses is shown on the waiting remark's page",
    "consultations:reply": "POST; its errors are shown on the remark's page",
    "consultations:react": "POST",
    "consultations:answer_place": "POST",
    "consultations:versions": "leads to the page of changes",
    "desk:split": "POST; its errors are shown on the clause's page",
    **dict.fromkeys(("desk:join", "desk:undo"), "POST"),
    "desk:repair": "POST; its refusals are shown on the text's page",
    "desk:reword": "POST; its errors are shown on the clause's page",
    "desk:renumber": "POST; its errors are shown on the clause's page",
    **dict.fromkeys(
        ("desk:scan", "desk:sheet_xlsx", "desk:sheet_ods", "desk:sheet_csv"), "a file to be saved"
    ),
    **dict.fromkeys(("desk:contact", "desk:unfold", "desk:unfold_all", "desk:fold"), "POST"),
    "desk:attach": "POST; its errors are shown beside the papers",
    "desk:link": "POST; its errors are shown beside the papers",
    "desk:answer": "POST; its errors are shown in the table",
    **dict.fromkeys(("organisations:sign", "organisations:letter"), "POST"),
    "organisations:code": "POST; its errors are shown on the organisation's page",
    "organisations:withdraw": "POST",
    "organisations_desk:confirm": "POST; its errors are shown on the organisation's page",
    "organisations_desk:refuse": "POST; its errors are shown on the organisation's page",
    "organisations_desk:head": "POST; its errors are shown on the organisation's page",
    "organisations_desk:letters": "PDF",
    "organisations_desk:export": "CSV",
    "moderation:approve": "POST",
    **dict.fromkeys(("moderation:take", "moderation:release"), "POST"),
    "moderation:hold": "POST; its errors are shown in the list of consultations",
    "moderation:hold_no_more": "POST",
    "moderation:decide_contest": "POST; its errors are shown in the list of contests",
    **dict.fromkeys(
        ("moderation:add_words", "moderation:save_reason"),
        "POST; its errors are shown at the lists",
    ),
    **dict.fromkeys(("moderation:remove_word", "moderation:remove_reason"), "POST"),
    "moderation:statistics_csv": "CSV",
    "moderation:hide": "POST; its errors are shown in the queue",
    "moderation:restore": "POST",
    "moderation:show_text": "POST",
    "moderation:show_texts": "POST",
    "moderation:hide_text": "POST; its errors are shown in the queue",
    **dict.fromkeys(
        (f"api:{name}" for name in ("consultations", "consultation", "clauses", "remarks")), "JSON"
    ),
    **dict.fromkeys((f"api:{name}" for name in ("me", "organisations", "organisation")), "JSON"),
    "api:remark": "JSON",
    **dict.fromkeys((f"api:{name}" for name in ("dispositions", "report", "decision")), "JSON"),
    "api:schema": "JSON",
    "api:": "JSON: the API's 404",
}
