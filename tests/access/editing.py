"""Which forms of the desk edit what is stored, and carry the version that they were drawn from."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.test import Client
from lxml import html

from core.web.optimistic_lock import CARRIED

#: Routes whose form edits, or decides about, something stored that others edit too.
EDITING = frozenset(
    {
        *("desk:table_row", "desk:saved_text"),
        *("desk:edit", "desk:dates", "desk:publish", "desk:correct", "desk:entry"),
        *("desk:report", "desk:report_costs", "desk:matching"),
        *("desk:renumber", "desk:split", "desk:join", "desk:reword", "desk:repair"),
        *("petitions_desk:publish", "petitions_desk:sort", "petitions_desk:review"),
        *("petitions_desk:agenda", "petitions_desk:note_step"),
        *("petitions_desk:change_rules", "petitions_desk:change_ground"),
        *("votes_desk:edit", "votes_desk:question", "votes_desk:picture", "votes_desk:extend"),
        "votes_desk:location",
        *("city_desk:council", "city_desk:looks", "city_desk:ages", "city_desk:row"),
        "city_desk:synonyms",
        *("city_desk:period", "city_desk:election", "desk:procedure", "desk:checklist"),
        *("desk:change_decision", "desk:note_step"),
        *("appeals_desk:assign", "appeals_desk:draft", "appeals_desk:approve", "appeals_desk:text"),
        "appeals_desk:send_back",
        *("appeals_desk:correct", "appeals_desk:refuse"),
        *("meetings_desk:edit", "meetings_desk:item", "meetings_desk:video"),
        *("meetings_desk:minutes_address", "meetings_desk:minutes_section"),
        *("meetings_desk:closing", "deputies_desk:end_seat"),
        *("deputies_desk:edit", "deputies_desk:edit_body", "deputies_desk:edit_faction"),
        "deputies_desk:times",
        *("indicators_desk:goal", "indicators_desk:report", "surveys_desk:edit"),
        *("pages_desk:edit", "services_desk:edit", "documents_desk:edit"),
        *("newsroom_desk:edit", "newsroom_desk:picture"),
        "desk:picture",
    }
)

_ONCE = "happens once: of two who do it the second is refused by its rule, under the row's lock"
_NEW = "makes something new, beside what others make"
_AWAY = "takes away exactly what it names, after a question or at once; a second finds nothing"
_LOOKS = "stores nothing that others edit"
_SEEN = "carries what was seen by itself"
#: Every other route of the desk that takes a POST, and why it carries no version.
OTHERS = {
    "desk:public_reason": "carries the text that was read; what stands there since is refused",
    **dict.fromkeys(
        (
            *("desk:announce", "desk:withdraw", "desk:poll", "desk:detach_poll"),
            *("desk:undo", "desk:decision", "desk:bulk_change"),
            *("desk:unfold", "desk:unfold_all", "desk:fold"),
            *("petitions_desk:answer", "petitions_desk:decide", "petitions_desk:refuse"),
            *("petitions_desk:attach_poll", "petitions_desk:detach_poll"),
            *("petitions_desk:hide_news", "petitions_desk:restore_news"),
            "petitions_desk:remove_photo",
            *("petitions_desk:objection", "petitions_desk:force_ground"),
            *("petitions_desk:defence_signature", "petitions_desk:defence_removal"),
            "petitions_desk:defence_guard",
            *("votes_desk:cancel", "votes_desk:close", "votes_desk:publish", "votes_desk:schedule"),
            *("votes_desk:sheet", "votes_desk:hand_sheet", "votes_desk:keeper_try"),
            *("votes_desk:opening", "votes_desk:unopened"),
            *("organisations_desk:confirm", "organisations_desk:refuse"),
            *("organisations_desk:amendment", "organisations_desk:close"),
            *("people:confirm", "people:decline", "people:end_residence"),
            *("staff:revoke", "staff:end_cover", "staff:reset_factors"),
            *("staff:revoke_invitation", "staff:leave", "staff:hand_over"),
            *("city_desk:close_row", "desk:force_procedure", "desk:cancel_discussion"),
            *("moderation:approve", "moderation:hide", "moderation:restore"),
            *("moderation:decide_contest", "moderation:take"),
            *("moderation:hold", "moderation:hold_no_more"),
            *("appeals_desk:accept", "appeals_desk:extend", "appeals_desk:forward"),
            *("appeals_desk:return", "appeals_desk:leave", "appeals_desk:move"),
            *("appeals_desk:shorten", "appeals_desk:ask", "appeals_desk:ask_head"),
            *("appeals_desk:postpone", "appeals_desk:fee", "appeals_desk:payment"),
            *("appeals_desk:send", "appeals_desk:publish"),
            *("meetings_desk:publish", "meetings_desk:cancel", "meetings_desk:drop_item"),
            *("meetings_control:withdraw_conflict", "meetings_control:amendment_step"),
            *("meetings_control:compose", "meetings_control:adopted_text"),
            *("meetings_control:vote_again", "meetings_control:new_stop"),
            *(
                "meetings_desk:registration",
                "meetings_desk:remove_document",
                "meetings_desk:answer",
            ),
            "deputies_desk:chair",
            *("meetings_control:arrival", "meetings_control:several_votes"),
            *("meetings_control:annul", "meetings_control:all_claims", "meetings_control:claim"),
            "meetings_desk:confirm_decisions",
            *("press_desk:grant", "press_desk:refuse", "press_desk:end", "press_desk:invite"),
            *("newsroom_desk:publish", "newsroom_desk:unplan", "newsroom_desk:withdraw"),
            *("state_desk:retry", "state_desk:dismiss"),
            *("services_desk:use", "services_desk:conclude", "documents_desk:remove"),
            *("panel_desk:publish_list", "panel_desk:draw", "panel_desk:close"),
        ),
        _ONCE,
    ),
    **dict.fromkeys(
        (
            *("desk:new_text", "desk:sheets", "tracks_desk:suggest"),
            *("desk:new", "desk:attach", "desk:link", "desk:import", "desk:tracked", "desk:enter"),
            *("desk:publish_report", "desk:restore_report", "desk:add_step", "desk:evidence"),
            *("petitions_desk:new_ground", "petitions_desk:promise"),
            *("votes_desk:new", "votes_desk:quick", "votes_desk:detail", "votes_desk:people"),
            "votes_desk:keepers",
            *("votes_desk:sheets", "votes_desk:print_codes", "votes_desk:print_again"),
            "organisations_desk:head",
            *("people:register", "people:check", "people:sheet", "people:lists"),
            *("staff:grant", "staff:cover", "staff:invite", "staff:invite_many"),
            *("city_desk:new_row", "city_desk:new_period", "desk:new_procedure", "desk:new_outage"),
            *("city_desk:new_election", "desk:plan_discussion", "desk:new_urgent_act"),
            *("city_desk:arms", "city_desk:map", "city_desk:paste"),
            *("moderation:add_words", "moderation:save_reason"),
            *("appeals_desk:new", "appeals_desk:note", "appeals_desk:new_text"),
            *("appeals_desk:exchange", "appeals_desk:exchange_numbers"),
            *("appeals_desk:secret", "notes:write"),
            *("meetings_desk:new", "meetings_desk:new_item", "meetings_desk:new_document"),
            *("meetings_desk:paste", "meetings_desk:prepared"),
            "meetings_control:new_conflict",
            *("meetings_desk:publish_minutes", "meetings_desk:restore_minutes"),
            *("meetings_desk:conclusions", "meetings_desk:proposals"),
            "deputies_desk:paste",
            *("deputies_desk:new", "deputies_desk:new_body", "deputies_desk:new_faction"),
            *("pages_desk:new", "services_desk:new", "surveys_desk:new"),
            *("documents_desk:new", "documents_desk:table"),
            "deputies_desk:video",
            *("deputies_desk:new_seat", "indicators_desk:new_goal"),
            "indicators_desk:publish_report",
            *("newsroom_desk:new", "newsroom_desk:new_picture", "press_desk:draft"),
            "desk:new_picture",
            "panel_desk:new",
            "audit_desk:seal",
        ),
        _NEW,
    ),
    **dict.fromkeys(
        (
            *("desk:delete_text", "desk:detach", "desk:unlink", "desk:discard"),
            *("votes_desk:discard", "votes_desk:question_delete", "votes_desk:sheet_delete"),
            *("votes_desk:uninvite", "votes_desk:uninvite_all", "votes_desk:void_codes"),
            "votes_desk:keeper_remove",
            *("city_desk:remove_row", "city_desk:remove_arms"),
            "deputies_desk:end_video",
            "city_desk:remove_map",
            *("moderation:remove_word", "moderation:remove_reason", "moderation:release"),
            "appeals_desk:delete_text",
            *("meetings_desk:discard", "meetings_desk:delete_item", "indicators_desk:remove_goal"),
            "surveys_desk:remove",
            "meetings_desk:discard_prepared",
            *("newsroom_desk:discard", "newsroom_desk:remove_picture"),
            *("desk:remove_picture", "notes:withdraw"),
        ),
        _AWAY,
    ),
    **dict.fromkeys(
        (
            *("desk:contact", "desk:scan"),
            *("people:search", "people:print", "people:print_again", "staff:list"),
            *("organisations_desk:letters", "votes_desk:print_sheets"),
            "petitions_desk:defence_rule",
        ),
        _LOOKS,
    ),
    **dict.fromkeys(
        (
            "desk:answer",  # the newest official reply
            *("desk:settle_many", "desk:approve_many", "desk:assign"),  # how many rows
            "appeals_desk:together",  # the version of each appeal, judged by its rule
            # The version of each draft.
            *("appeals_desk:approve_together", "appeals_desk:send_together"),
            "appeals_desk:many",  # the version of each appeal, judged by its rule
            "desk:sheet",  # what each row held when it was taken out
            "petitions_desk:defence_remove",  # how many signatures the rule would hit
            "petitions_desk:defence_count",
            *("moderation:show_text", "moderation:show_texts", "moderation:hide_text"),
            # Each button says which item, speaker or question its page showed.
            *("meetings_control:open", "meetings_control:close", "meetings_control:next"),
            *("meetings_control:go_to_item", "meetings_control:screens"),
            *("meetings_control:new_speaker", "meetings_control:speaker"),
            *("meetings_control:member", "meetings_control:new_roll_call"),
            *("meetings_control:new_poll", "meetings_control:close_poll"),
            *("meetings_control:vote", "meetings_control:roll_call"),
            *("meetings_control:all_come", "meetings_control:member_numbers"),
            *("meetings_control:rest", "meetings_control:vote_numbers"),
            *("meetings_control:new_bundle", "meetings_control:voting_file"),
            *("meetings_control:new_show", "meetings_control:count_hands"),
            "meetings_control:close_show",
            "meetings_control:new_paper_ballot",
            *("meetings_control:question", "meetings_control:hide", "meetings_control:merge"),
            *("meetings_control:pause", "meetings_control:pause_until"),
            *("meetings_control:resume", "meetings_control:repeat"),
            *("meetings_control:undo", "meetings_control:reopen"),
            *("meetings_control:look", "meetings_control:display_step"),
            "deputies_desk:seat_numbers",
        ),
        _SEEN,
    ),
    **dict.fromkeys(
        ("meetings_control:displays", "meetings_control:delay"),
        "pairs another screen; says how it is to be",
    ),
    "meetings_desk:subtitles": "a file in place of the former one",
    "desk:approval": "one box, ticked or not",
    **dict.fromkeys(
        ("meetings_desk:decision", "meetings_control:replace_vote"),
        "one choice, which says how it is to be; who made it is logged",
    ),
    **dict.fromkeys(
        ("votes_desk:question_move", "meetings_desk:move_item"),
        "moves by one place from wherever it stands",
    ),
    "moderation:report": "a reader's report",
    "moderation:contest": "an author's own contest",
}


def with_version(client: Client, name: str, address: str, data: dict[str, Any]) -> dict[str, Any]:
    """The form as its page would send it: with the version that stands now.

    Sent without one it comes back, and carries it; nothing is stored meanwhile.
    """
    if name not in EDITING:
        return data
    with transaction.atomic():
        answer = client.post(address, data)
        transaction.set_rollback(True)
    return data | carried_back(answer, address) if answer.status_code == 409 else data


def drawn_form(page: Any, address: str) -> dict[str, list[str]]:
    """What a browser sends of the form that posts to ``address``, when nobody touches it."""
    for form in html.fromstring(page.content).forms:
        if form.method == "POST" and form.action in (None, address):
            sent: dict[str, list[str]] = {}
            # lxml says "on" of a chosen radio whose value is empty; a browser sends it as it is.
            empty = set(form.xpath('.//input[@type="radio"][@checked][@value=""]/@name'))
            for name, value in form.form_values():
                sent.setdefault(name, []).append("" if name in empty else value)
            if CARRIED in str(sent):
                return sent
    return {}


def carried_back(answer: Any, address: str) -> dict[str, str]:
    """The version in the form that came back and posts to ``address``."""
    inputs = html.fromstring(answer.content).xpath(
        f'//form[not(@action) or @action="{address}"]//input[contains(@name, "{CARRIED}")]'
    )
    return {each.get("name"): each.get("value") for each in inputs}
