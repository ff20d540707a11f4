"""Faults of endings, each with the test that is named for catching it."""

from __future__ import annotations

from tests.faults.fault import Fault

ENDING_FAULTS = (
    Fault(
        "a suspended administrator who counts as one who stays",
        "accounts/staff/actions.py",
        "        role=StaffRole.ADMINISTRATOR, revoked_at=None, ends_at=None, user__is_active=True",
        "        role=StaffRole.ADMINISTRATOR, revoked_at=None, ends_at=None",
        "tests/accounts/staff/test_grant.py"
        "::TestTheLastAdministrator::test_one_who_is_suspended_does_not_count",
    ),
    Fault(
        "a provider's word that ends a displaced person's residence",
        "accounts/residence/actions.py",
        "            is_displaced = residence.basis == Residence.Basis.DISPLACED\n"
        '            if is_displaced or state_of(residence, now=clock.now()) == "checked":',
        '            if state_of(residence, now=clock.now()) == "checked":',
        "tests/accounts/identity/test_lives_here.py::test_a_provider_checks_no_displaced_person",
    ),
    Fault(
        "a payment that brings a postponed day forward",
        "appeals/requests/actions.py",
        "    if appeal.term == terms.POSTPONED.code and due_at <= appeal.due_at:\n        return\n",
        "",
        "tests/appeals/requests/test_requests.py"
        "::test_a_postponement_outlasts_a_payment_that_would_end_before_it",
    ),
    Fault(
        "an applicant's own e-mail that is not found beside another",
        "appeals/publishing/applicant.py",
        "    for email in dict.fromkeys(filter(None, (appeal.email, own))):",
        "    for email in dict.fromkeys(filter(None, (appeal.email or own,))):",
        "tests/appeals/publishing/test_publish.py"
        "::test_of_two_addresses_of_the_applicant_each_is_found",
    ),
    Fault(
        "a letter to many that names one of them by name",
        "appeals/together/rules.py",
        "_OWN = frozenset({Kind.NAME, Kind.EMAIL, Kind.PHONE})",
        "_OWN = frozenset({Kind.EMAIL, Kind.PHONE})",
        "tests/appeals/together/test_together.py::test_no_letter_names_the_applicant_of_another",
    ),
    Fault(
        "a load by person that counts complaints about its reader",
        "appeals/desk/load_by_person.py",
        "    rows = Appeal.objects.worked_on_by(user).in_work().filter(department__in=headed)",
        "    rows = Appeal.objects.in_work().filter(department__in=headed)",
        "tests/appeals/desk/test_load_by_person.py"
        "::test_a_complaint_about_the_head_counts_for_nobody",
    ),
    Fault(
        "a week that ends with its Saturday",
        "appeals/desk/load_by_person.py",
        "timedelta(days=6 - today.weekday())",
        "timedelta(days=5 - today.weekday())",
        "tests/appeals/desk/test_load_by_person.py::test_the_last_days_of_the_week_and_the_day_after",
    ),
    Fault(
        "a removed period of martial law that moves no term",
        "city/lists/actions.py",
        "        _announce(row, former, by)\n",
        "",
        "tests/consultations/reports/test_report_days.py"
        "::test_a_period_that_is_removed_counts_no_more",
    ),
    Fault(
        "an extension that ends on its own day",
        "consultations/outages/rules.py",
        "    return extended if extended > today else today + days",
        "    return extended if extended >= today else today + days",
        "tests/consultations/outages/test_outages.py"
        "::test_so_many_whole_days_lie_ahead_however_late_it_is_extended",
    ),
    Fault(
        "another reason that its author is not told",
        "consultations/reports/answers.py",
        '_ANSWER = ("disposition", "reason", "resulting", "resulting_text")',
        '_ANSWER = ("disposition", "resulting", "resulting_text")',
        "tests/consultations/reports/test_report.py"
        "::test_an_author_hears_of_another_edition_that_gives_another_reason",
    ),
    Fault(
        "remarks taken into account in what was withdrawn",
        "consultations/decisions/done.py",
        "        remark__consultation__withdrawn_at=None,\n",
        "",
        "tests/portal/test_done.py::test_nothing_of_a_consultation_that_was_withdrawn",
    ),
    Fault(
        "kept thanks that promise what was so before",
        "consultations/remarks/thanks.py",
        "*(clause and (clause.pk, clause.label, clause.marker), next_steps, bool(receipt)),",
        "*(clause and (clause.pk, clause.label, clause.marker), bool(receipt)),",
        "tests/consultations/remarks/test_thanks.py::test_kept_ones_name_the_last_day_as_it_is_now",
    ),
    Fault(
        "one name in a calendar for deadlines of several days",
        "core/domain/deadlines.py",
        '        day = f"-{self.due_on:%Y%m%d}" if _kinds[self.kind].is_grouped else ""\n'
        '        return f"{self.kind}-{self.thing}{day}"',
        '        return f"{self.kind}-{self.thing}"',
        "tests/portal/test_deadlines.py::test_each_day_of_what_is_grouped_has_a_name_of_its_own",
    ),
    Fault(
        "typed words that a tab keeps for ever",
        "static/js/tab-keeper.js",
        "      if (kept && Date.now() - kept.at < MINUTES * 60_000) return kept;",
        "      if (kept) return kept;",
        "tests/journeys/test_nothing_typed_is_lost.py::test_nothing_typed_is_lost",
    ),
    Fault(
        "support that comes back and counts twice",
        "discussions/handlers.py",
        "    touched = _touched_by(kept, gone)\n"
        "    _once(Reaction, kept, gone)\n"
        "    Reaction.objects.filter(user=kept, comment__author=kept).delete()\n"
        "    _recount(touched)",
        "    _touched_by(kept, gone)\n"
        "    _once(Reaction, kept, gone)\n"
        "    Reaction.objects.filter(user=kept, comment__author=kept).delete()",
        "tests/discussions/test_merge_accounts.py"
        "::test_support_that_comes_back_after_an_erasure_counts_once",
    ),
    Fault(
        "a quotation that is carried to the farthest place",
        "drafts/clauses/anchors.py",
        "            -abs(place - selector.start),",
        "            abs(place - selector.start),",
        "tests/drafts/clauses/test_anchors.py::test_of_places_that_are_alike_the_nearest",
    ),
    Fault(
        "minutes of one that another overwrites",
        "meetings/minutes/actions.py",
        "    if newest and newest.by_id == by.pk and clock.now() - newest.at < ONE_VERSION:",
        "    if newest and clock.now() - newest.at < ONE_VERSION:",
        "tests/meetings/minutes/test_minutes.py::test_what_another_saves_is_a_version_of_their_own",
    ),
    Fault(
        "a question that is lost where its other was merged on",
        "meetings/questions/actions.py",
        "        question.merged.update(merged_into=into)\n",
        "",
        "tests/meetings/outcome/test_unanswered.py"
        "::test_one_that_was_merged_on_counts_with_the_last",
    ),
    Fault(
        "a head of the city who came late and is counted",
        "meetings/rollcalls/silent.py",
        "    return len(voted | (here.keys() & members.keys()))",
        "    return len(voted | here.keys())",
        "tests/meetings/rollcalls/test_silent.py"
        "::test_a_head_of_the_city_who_came_after_the_opening_is_not_counted",
    ),
    Fault(
        "hidden words that make an author known",
        "moderation/queue/scoring.py",
        "                AND earlier.hidden_at IS NULL AND earlier.deleted_at IS NULL",
        "                AND earlier.deleted_at IS NULL",
        "tests/moderation/queue/test_scoring.py::test_words_that_were_hidden_make_nobody_known",
    ),
    Fault(
        "who does not come on the list of who comes",
        "newsroom/press/queries.py",
        "    rows = PressAttendance.objects.filter(meeting=meeting, is_coming=True)",
        "    rows = PressAttendance.objects.filter(meeting=meeting)",
        "tests/newsroom/press/test_press.py::test_who_does_not_come_is_not_on_the_list",
    ),
    Fault(
        "former heads who are told",
        "notifications/mails/organisations.py",
        "heads = Mandate.objects.current().filter(organisation_id=organisation_id, is_head=True)",
        "heads = Mandate.objects.filter(organisation_id=organisation_id, is_head=True)",
        "tests/organisations/test_mails.py::test_a_former_head_is_told_no_more",
    ),
    Fault(
        "an old objection that counts in what waits for a check",
        "petitions/defence/actions.py",
        "still = Signature.objects.filter(pk=again.signature_id, removal=again.removal_id)",
        "still = Signature.objects.filter(pk=again.signature_id)",
        "tests/petitions/defence/test_object.py::test_upheld_too_late_it_counts_nothing_in",
    ),
    Fault(
        "a night in UTC",
        "petitions/defence/trends.py",
        "        return (step.astimezone(UTC) + _STEPS[unit]).astimezone(KYIV)",
        "        return step.astimezone(UTC) + _STEPS[unit]",
        "tests/petitions/defence/test_trends.py"
        "::test_the_night_is_that_of_kyiv_also_after_its_first_hour",
    ),
    Fault(
        "a mailbox whose signature that counts is held back",
        "petitions/defence/mailboxes.py",
        '        standing = rows.filter(status__in=STANDING).order_by("status", "at", "pk")',
        '        standing = rows.filter(status__in=STANDING).order_by("at", "pk")',
        "tests/petitions/defence/test_hold_repeated.py"
        "::test_the_first_that_counts_stays_though_one_before_it_waits",
    ),
    Fault(
        "a mail to a member of a panel who has answered",
        "portal/mails/panel.py",
        "    if member is None or member.has_answered or not member.panel.is_open(clock.now()):",
        "    if member is None or not member.panel.is_open(clock.now()):",
        "tests/insights/panel/test_panel.py::test_who_was_drawn_is_asked_by_mail_and_answers_once",
    ),
    Fault(
        "a cancelled discussion that stands on open pages",
        "realtime/broadcasts.py",
        "            checklist.DiscussionCancelled,\n",
        "",
        "tests/realtime/test_draw.py::test_pages_that_hear_of_something_hear_of_its_end",
    ),
    Fault(
        "a poll that is called off with its SEQUENCE of before",
        "votes/feeds.py",
        "            sequence=poll.changes + bool(poll.was_to_close_at) + bool(poll.cancelled_at),",
        "            sequence=poll.changes + bool(poll.was_to_close_at),",
        "tests/portal/test_polls.py::test_the_calendar_has_each_opening_and_closing",
    ),
    Fault(
        "a printing whose letters are void among those to be used",
        "accounts/residence/queries.py",
        '    unused = Count("letters", Q(letters__used_at=None, letters__void_at=None))',
        '    unused = Count("letters", Q(letters__used_at=None))',
        "tests/accounts/residence/test_print_letters.py"
        "::test_of_a_printing_those_count_as_unused_that_still_open",
    ),
    Fault(
        "an organisation that counts once a clause",
        "consultations/costs/queries.py",
        'Count("organisation", distinct=True)',
        'Count("organisation")',
        "tests/consultations/costs/test_say_cost.py"
        "::test_an_organisation_that_answered_on_two_clauses_is_one",
    ),
    Fault(
        "a person who counts once a verification",
        "insights/indicators/measures/participants.py",
        "    ON verification.user_id = took_part.user_id AND verification.ended_at IS NULL",
        "    ON verification.user_id = took_part.user_id",
        "tests/insights/indicators/test_indicators.py"
        "::TestWhoIsMissing::test_also_who_was_verified_before",
    ),
    Fault(
        "who comes by video among those who wait for a place",
        "meetings/registration/queries.py",
        "filter=Q(attendance=row.Attendance.HALL, seated_at=None)",
        "filter=Q(seated_at=None)",
        "tests/meetings/registration/test_registration.py"
        "::test_places_are_given_in_order_and_the_rest_waits",
    ),
    Fault(
        "settled reports that weigh at an edit",
        "moderation/queue/scoring.py",
        "WHERE flag.comment_id = comment.id AND flag.settled_at IS NULL)",
        "WHERE flag.comment_id = comment.id)",
        "tests/moderation/queue/test_scoring.py"
        "::test_reports_that_were_settled_weigh_nothing_at_an_edit",
    ),
    Fault(
        "a mail to who was struck off and has registered anew",
        "notifications/mails/registrations.py",
        " or found.meeting.registrations.active().filter(user=user).exists():",
        ":",
        "tests/notifications/mails/test_tell_registered.py"
        "::test_who_was_struck_off_and_has_registered_anew_is_told_nothing",
    ),
    Fault(
        "comments that were taken back in their number",
        "petitions/talk/queries.py",
        "AND hidden_at IS NULL AND deleted_at IS NULL",
        "AND hidden_at IS NULL",
        "tests/petitions/talk/test_pages.py::test_own_words_are_changed_and_taken_back",
    ),
    Fault(
        "a poll that is called off among those that wait for results",
        "votes/desk/queries.py",
        "published_at=None, cancelled_at=None",
        "published_at=None",
        "tests/votes/test_desk.py::test_a_poll_that_is_called_off_waits_for_no_results",
    ),
    Fault(
        "the day of the confirmation as that of the close",
        "organisations/registering/tables.py",
        'row["closed"] = local_date(organisation.closed_at)',
        'row["closed"] = local_date(organisation.confirmed_at)',
        "tests/organisations/test_table.py::test_each_day_of_the_table_is_its_own",
    ),
)
