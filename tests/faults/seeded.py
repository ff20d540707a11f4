"""Faults that somebody could make, each with the test that is named for catching it."""

from __future__ import annotations

from tests.faults.fault import Fault
from tests.faults.seeded_counts import COUNT_FAULTS
from tests.faults.seeded_desk import DESK_FAULTS
from tests.faults.seeded_documents import DOCUMENT_FAULTS
from tests.faults.seeded_endings import ENDING_FAULTS
from tests.faults.seeded_hall import HALL_FAULTS
from tests.faults.seeded_record import RECORD_FAULTS

_ACCESS = "tests/access/test_access.py::test_everybody_is_answered_as_the_table_says"
_PAGES = "tests/pages/test_accessible.py::test_pages_are_accessible_and_fit"
_TEXTS = "tests/architecture/test_texts.py"
_CHAIN = "tests/appeals/test_chain.py"
_IN_TIME = "tests/appeals/requests/test_requests_in_time.py"


FAULTS = (
    Fault(
        "a recorded thing that is missing in a bundle of evidence",
        "consultations/evidence/verifier/verify.py",
        "        if not state.is_shown:\n",
        "        if not state.is_shown and state.gone:\n",
        "tests/consultations/evidence/test_verifier.py"
        "::test_who_holds_a_bundle_and_changes_it_is_found",
    ),
    Fault(
        "a route without its permission",
        "moderation/views.py",
        "    require(rules.use_queue(request.user))\n    page = queries.decisions",
        "    page = queries.decisions",
        f"{_ACCESS}[moderation:log]",
    ),
    Fault(
        "a route without signing in",
        "moderation/queue/views.py",
        "@login_required\n@require_POST\ndef hide(",
        "@require_POST\ndef hide(",
        f"{_ACCESS}[moderation:hide]",
    ),
    Fault(
        "a rule that lets too much",
        "discussions/rules.py",
        '            not comment.is_official,\n            "comment.official",\n'
        '            _("An official reply cannot be hidden."),\n',
        '            True,\n            "comment.official",\n'
        '            _("An official reply cannot be hidden."),\n',
        "tests/discussions/test_rules.py",
    ),
    Fault(
        "a time-stamp for another request",
        "core/audit_log/anchors/timestamps.py",
        'info["nonce"].native != request["nonce"].native',
        'info["nonce"].native and False',
        "tests/core/audit/test_timestamps.py",
    ),
    Fault(
        "a seal on something else",
        "core/audit_log/anchors/signed_data.py",
        'if attributes.get("message_digest") != [made]:',
        "if False:",
        "tests/core/audit/test_seals.py",
    ),
    Fault(
        "a full name that was promised to the report alone",
        "consultations/reports/names.py",
        'f"{remark}consultation__names_with_proposals": True',
        'f"{remark}consultation__asks_full_name": True',
        "tests/consultations/reports/test_names_with_proposals.py",
    ),
    Fault(
        "a hidden remark that is found",
        "consultations/querysets.py",
        "        return self.filter(\n            comment__hidden_at=None,\n",
        "        return self.filter(\n",
        "tests/attack/test_hidden.py::test_a_search_for_a_secret_is_as_a_search_for_nothing",
    ),
    Fault(
        "what is prepared that is shown",
        "consultations/querysets.py",
        '        """Announced ones, in whatever state they are now."""\n'
        "        return self.filter(announced_at__lte=Now())",
        '        """Announced ones, in whatever state they are now."""\n        return self.all()',
        f"{_ACCESS}[consultations:detail]",
    ),
    Fault(
        "a lost label",
        "templates/portal/search.html",
        '{% endif %}" for="q">',
        '{% endif %}">',
        f"{_PAGES}[portal:search]",
    ),
    Fault(
        "too little contrast",
        "static/css/tokens.css",
        "--ink-soft: #574f48;",
        "--ink-soft: #b5aca4;",
        f"{_PAGES}[consultations:list]",
    ),
    Fault(
        "a page too wide for a narrow window",
        "static/css/frame.css",
        "  min-width: 0;\n  min-height: var(--target);\n",
        "  min-width: 30rem;\n  min-height: var(--target);\n",
        f"{_PAGES}[portal:search]",
    ),
    Fault(
        "Ukrainian on an English page that does not say so",
        "templates/votes/vote.html",
        "{{ poll.title|lang }}",
        "{{ poll.title }}",
        "tests/pages/test_english.py::test_english_pages_mark_what_is_ukrainian[votes:vote]",
        level="--nightly",  # else it has its days
    ),
    Fault(
        "a text that is not translated",
        "locale/uk/LC_MESSAGES/django.po",
        'msgid "Search"\nmsgstr "Пошук"',
        'msgid "Search"\nmsgstr ""',
        f"{_TEXTS}::test_every_text_is_translated",
    ),
    Fault(
        "an unlisted model with personal data",
        "consultations/personal_data.py",
        "ConsultationPicture, Attachment, Link),",
        "ConsultationPicture, Attachment),",
        "tests/architecture/test_privacy.py::test_every_model_is_in_the_register",
    ),
    Fault(
        "an import against the layers",
        "core/export/csv.py",
        "from __future__ import annotations\n",
        "from __future__ import annotations\n\n\n"
        "def page() -> object:\n    from votes.results import result\n\n    return result\n",
        "tests/architecture/test_layers.py::test_contract_of_layers_is_kept",
    ),
    Fault(
        "a migration that is missing",
        "consultations/procedures/models.py",
        'legal_basis = models.CharField(_("legal basis"), max_length=300)',
        'legal_basis = models.CharField(_("legal basis"), max_length=301)',
        "tests/architecture/test_migrations.py::test_no_migration_is_missing",
    ),
    Fault(
        "a ballot that is counted twice",
        "votes/results/result.py",
        "        number += 1\n",
        "        number += 2\n",
        "tests/votes/test_races.py::test_nobody_votes_after_the_close_and_nobody_is_lost",
    ),
    Fault(
        "a secret vote that is given twice",
        "votes/ballots/actions.py",
        "    AND form IS NOT DISTINCT FROM %(before)s AND (form IS NOT NULL OR NOT used)\n",
        "",
        "tests/votes/ballots/test_cast_secretly.py::test_one_vote_and_for_good",
    ),
    Fault(
        "two codes of one person that wait for each other",
        "accounts/security/factors.py",
        'filter(user=user).order_by("pk")\n',
        "filter(user=user)\n",
        "tests/attack/test_deadlocks.py::test_a_code_waits_for_another_of_the_same_person",
    ),
    Fault(
        "answers of a district that follow from the others",
        "votes/counting/groups.py",
        "    adds_up = whole.adds_up()\n",
        "    adds_up = False\n",
        "tests/votes/counting/test_groups.py::"
        "test_what_is_left_of_a_row_needs_five_who_did_not_give_it",
    ),
    Fault(
        "signatures that wait for a check and are counted",
        "petitions/signing/counting.py",
        "        WHERE petition_id = %(petition_id)s AND status = {COUNTED}\n",
        "        WHERE petition_id = %(petition_id)s\n",
        "tests/petitions/signing/test_counting.py::test_each_kind_is_counted",
    ),
    Fault(
        "a threshold that is reached by one too few",
        "petitions/life/thresholds.py",
        "[needed - 1 : needed].first()",
        "[needed - 2 : needed].first()",
        "tests/petitions/life/test_threshold.py::test_not_before_there_are_enough",
    ),
    Fault(
        "a term that ends on a day off",
        "core/domain/calendar.py",
        "        while moved.weekday() >= SATURDAY or moved in off:",
        "        while moved.weekday() >= SATURDAY:",
        "tests/core/test_calendar.py::test_peacetime_agrees_with_the_library_before_the_war",
    ),
    Fault(
        "a dropped lock",
        "core/domain/actions.py",
        'lock="FOR NO KEY UPDATE"',
        'lock=""',
        "tests/petitions/life/test_threshold.py::test_many_at_once_make_one_transition",
    ),
    Fault(
        "a form without its token",
        "config/settings/apps.py",
        '    "django.middleware.csrf.CsrfViewMiddleware",\n',
        "",
        "tests/attack/test_forgery.py::test_no_form_goes_without_its_token[{}]",
    ),
    Fault(
        "pages that others may frame",
        "config/settings/apps.py",
        '    "django.middleware.clickjacking.XFrameOptionsMiddleware",\n',
        "",
        "tests/attack/test_headers.py::test_every_answer_forbids_frames_scripts_and_guesses",
    ),
    Fault(
        "a display in a frame that is drawn for its reader",
        "core/web/embedding.py",
        "stranger = without_reader(request)",
        "stranger = request",
        "tests/portal/test_embed.py::test_displays_alone_are_shown_in_frames",
    ),
    Fault(
        "an event that leaves a part of a page as it was",
        "realtime/of_meetings.py",
        "        also=(FLOOR,),\n",
        "",
        "tests/realtime/test_meeting_frames.py",
    ),
    Fault(
        "a private answer that a proxy may keep",
        "core/web/middleware/cache_control.py",
        '= "private, no-store"',
        '= "private"',
        "tests/attack/test_headers.py::test_whoever_is_signed_in_gets_private_answers",
    ),
    Fault(
        "a shared page that is drawn for whoever asks first",
        "core/web/pages.py",
        "    stranger.user = AnonymousUser()\n",
        "",
        "tests/core/test_personal_parts.py::test_a_view_is_given_nothing_of_the_reader",
    ),
    Fault(
        "a way to another site",
        "accounts/adapter.py",
        "url, allowed_hosts={request.get_host()}, require_https",
        'url, allowed_hosts={request.get_host(), "evil.example"}, require_https',
        "tests/attack/test_accounts.py::test_nobody_is_led_away",
    ),
    Fault(
        "a cell that runs in a spreadsheet",
        "core/export/csv.py",
        '("=", "+", "-", "@", ',
        '("=", "+", "-", ',
        "tests/core/test_csv_formulas.py::test_a_formula_is_made_words",
    ),
    Fault(
        "a token in a log",
        "core/web/logs.py",
        "[\\w-]{20,}",
        "[\\w-]{60,}",
        "tests/attack/test_logs.py::test_every_token_is_cut_off_and_nothing_else",
    ),
    Fault(
        "a display on which the loser of a run-off leads",
        "votes/measures.py",
        'sorted(options, key=lambda each: each["place"])',
        'sorted(options, key=lambda each: -each["votes"])',
        "tests/votes/test_display.py::TestOrder::"
        "test_of_a_run_off_is_that_of_its_last_round[False]",
    ),
    Fault(
        "a misspelt field of the API that is ignored",
        "core/api/input.py",
        "        if unknown:\n",
        "        if unknown and False:\n",
        "tests/attack/test_permissions.py::test_the_api_refuses_other_fields[author]",
    ),
    Fault(
        "more tries than are allowed",
        "core/web/limits.py",
        "    return ALLOWED if used <= most else _refusal(ends_at, now)",
        "    return ALLOWED if used <= most + 1 else _refusal(ends_at, now)",
        "tests/core/test_limits.py::"
        "test_as_many_as_allowed_and_then_a_refusal_that_says_until_when",
    ),
    Fault(
        "thanks that nobody sees",
        "static/js/thanks.js",
        "  thanks.focus({ preventScroll: true });\n"
        '  thanks.scrollIntoView({ behavior: "instant", block: "start" });\n',
        "",
        "tests/journeys/test_publish_on_a_phone.py::test_their_own_words_are_within_the_screen",
    ),
    Fault(
        "a live update that doubles the head of a poll",
        "templates/votes/poll_detail.html",
        '<div class="near-page__first" id="poll-first">',
        '<div class="near-page__first">',
        "tests/journeys/test_quick_poll.py::test_figures_count_more_than_what_is_drawn_beside_them",
    ),
    Fault(
        "a consent that is ticked beforehand",
        "petitions/signing/forms.py",
        '_("Tell me by e-mail what becomes of it"), required=False',
        '_("Tell me by e-mail what becomes of it"), required=False, initial=True',
        "tests/architecture/test_consents.py",
    ),
    Fault(
        "a ballot that is measured",
        "core/web/middleware/measured.py",
        "        if log_context.is_silent():\n            return self.get_response(request)\n",
        "",
        "tests/votes/ballots/test_refused_ballots.py::test_no_figure_and_no_report_tells_of_a_ballot",
    ),
    Fault(
        "a report of a fault with the message of its exception",
        "core/web/fault_reports.py",
        '        "type": found.get("type"),\n',
        '        "type": found.get("type"),\n        "value": found.get("value"),\n',
        "tests/core/test_fault_reports.py",
    ),
    Fault(
        "figures for anybody",
        "core/web/metrics.py",
        "    if not is_within(client_ip(request), settings.METRICS_ALLOWED):\n",
        "    if not settings.METRICS_ALLOWED:\n",
        "tests/core/test_metrics.py::test_only_named_addresses_get_them",
    ),
    Fault(
        "an hour that names nothing of its ledgers",
        "petitions/ledger/hours.py",
        "        heads=heads_between(hour, hour + HOUR),\n        previous=previous,\n",
        "        heads={},\n        previous=previous,\n",
        "tests/petitions/ledger/test_hours.py",
    ),
    Fault(
        "two moderators who hold one comment",
        "moderation/querysets.py",
        "Q(claimed_until__lte=clock.Now())",
        "Q(claimed_until__isnull=False)",
        "tests/moderation/queue/test_claims.py::test_two_who_take_get_different_ones",
    ),
    Fault(
        "a moderator who decides on the contest against them",
        "moderation/contests/rules.py",
        "user.pk not in (contest.against_id, contest.by_id)",
        "user.pk != contest.by_id",
        "tests/moderation/contests/test_contest.py::test_who_may_decide",
    ),
    Fault(
        "a small figure that can be reckoned from the sum",
        "appeals/figures/small_cells.py",
        "small += [row for row in rest if row.total == least]",
        "small += rest[:1]",
        "tests/appeals/figures/test_figures.py",
    ),
    Fault(
        "a late forwarding that counts as in time",
        "appeals/course/actions_endings.py",
        "            appeal.term = terms.FORWARD.code\n",
        "",
        "tests/appeals/figures/test_figures.py",
    ),
    Fault(
        "a complaint that is read by whom it is about",
        "appeals/querysets.py",
        "        & (Q(about_person=None) | ~Q(about_person__in=user.acts_for))\n",
        "",
        f"{_CHAIN}::test_each_thing_is_read_by_those_of_the_chain",
    ),
    Fault(
        "the head of the body who reads what nobody asked them about",
        "appeals/querysets.py",
        "reach |= Q(decision_asked_at__isnull=False)",
        "reach |= Q(pk__isnull=False)",
        f"{_CHAIN}::test_each_thing_is_read_by_those_of_the_chain",
    ),
    Fault(
        "an appeal that stays open on a device where it was closed",
        "appeals/filing/access.py",
        "        request.session.flush()\n",
        "",
        f"{_CHAIN}::test_each_thing_is_read_by_those_of_the_chain",
    ),
    Fault(
        "an internal note that the applicant reads",
        "appeals/queries.py",
        "entries if internal else entries.filter(internal=False)",
        "entries",
        "tests/appeals/test_private.py::test_who_may_read_it_finds_all_of_it",
    ),
    Fault(
        "codes of an appeal that are guessed without a limit",
        "appeals/filing/views_find.py",
        "            require(limits.FIND.spend_client(client_groups(request)))\n",
        "",
        "tests/appeals/filing/test_find.py",
    ),
    Fault(
        "a request for information that may take a day longer",
        "appeals/terms.py",
        '    Period(5, Unit.WORKING_DAYS),\n    "2939-VI ст. 20 ч. 1",\n'
        '    _("within 5 working days of the day of receipt"),\n',
        '    Period(6, Unit.WORKING_DAYS),\n    "2939-VI ст. 20 ч. 1",\n'
        '    _("within 5 working days of the day of receipt"),\n',
        f"{_IN_TIME}::test_the_last_minute_of_the_fifth_working_day",
    ),
    Fault(
        "martial law that moves no term of an appeal",
        "appeals/handlers.py",
        "    actions.recount_terms(by=event.by_id)\n",
        "    return\n",
        f"{_IN_TIME}::test_the_last_minute_of_the_fifth_working_day",
    ),
    Fault(
        "a private appeal whose number is said in public",
        "portal/tracks/sources_own_words.py",
        '        text=found.text,\n        reference="",\n',
        "        text=found.text,\n        reference=found.label,\n",
        "tests/portal/tracks/test_moves_machine.py::test_many_words",
    ),
    Fault(
        "signers of a district whose number is reckoned from the total",
        "insights/indicators/measures/petitions.py",
        "hide_small(counts).items()",
        "counts.items()",
        "tests/insights/indicators/test_indicators.py::TestMeasuring::test_small_districts_hide_a_larger_one",
    ),
    Fault(
        "imported figures of which the last line is left out where it is wrong",
        "insights/indicators/loading.py",
        "        row = _row(line, cells)\n",
        "        try:\n            row = _row(line, cells)\n"
        "        except WrongLine:\n            continue\n",
        "tests/insights/indicators/test_founding.py::TestLoading::test_a_wrong_line",
    ),
    Fault(
        "an appeal in the inbox of who only follows it",
        "notifications/activities/queries.py",
        "        if thing is None or thing.owner_id not in (None, user_id):",
        "        if thing is None:",
        "tests/notifications/activities/test_activities.py::test_an_appeal_is_told_of_to_its_author_alone",
    ),
    Fault(
        "a digest that is sent and not marked",
        "notifications/digests/sending.py",
        "        return bool(row.update(**{column: until})) and connection.hand_over(message)",
        "        return row.exists() and connection.hand_over(message)",
        "tests/notifications/digests/test_digests.py::test_who_changes_from_weekly_to_daily_is_not_told_again",
    ),
    Fault(
        "followers of a street who are not told of a poll",
        "notifications/activities/topics.py",
        "        topics[pk] += [topic for topic in found if topic not in topics[pk]]",
        "        topics[pk] += []",
        "tests/notifications/activities/test_activities.py"
        "::test_a_poll_tells_who_follows_the_place_of_an_option",
    ),
    Fault(
        "an appeal's code for another device",
        "core/domain/idempotency_keys.py",
        "    source = claim.source + claim.device",
        "    source = claim.source",
        "tests/appeals/filing/test_file.py"
        "::test_a_reload_shows_the_code_on_the_same_device_and_makes_no_other",
    ),
    *RECORD_FAULTS,
    *DOCUMENT_FAULTS,
    *DESK_FAULTS,
    *HALL_FAULTS,
    *ENDING_FAULTS,
    *COUNT_FAULTS,
    Fault(
        "every ground of hiding asks for a decision",
        "consultations/dispositions/conditions.py",
        "hidden = is_hidden_by_moderator(remark) & ~is_freed(remark)",
        "hidden = is_hidden_by_moderator(remark)",
        "tests/consultations/dispositions/test_hiding.py::test_a_ground_of_the_law_frees_the_council",
    ),
    Fault(
        "whoever wrote the reason for everybody checks it",
        "consultations/dispositions/rules.py",
        "written_by != user.pk,",
        "True,",
        "tests/consultations/dispositions/test_hiding.py::test_the_reason_for_everybody_is_checked_by_another",
    ),
)
