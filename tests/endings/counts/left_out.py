"""Places that count and stand in no table of figures, by the reason for it."""

from __future__ import annotations

LEFT_OUT: dict[str, str] = {
    "how many one may have, or may do at once: the rule is proved with its action": """
        accounts/residence/actions.py ask_letter
        accounts/residence/checking.py _checked_alone
        appeals/exchange/actions.py export_appeals
        consultations/waiting/actions.py send
        meetings/deputies/actions.py edit_body
        meetings/deputies/actions.py seat
        meetings/prepared/actions.py prepare
        meetings/questions/actions.py ask
        moderation/lists/actions.py add_words
        moderation/lists/actions.py save_reason
        notifications/channels/push/actions.py subscribe
        notifications/following/actions.py follow
        organisations/confirming/actions_letters.py ask_for_letter
        petitions/life/actions.py begin
        tokens/actions.py create
    """,
    "what an action needs for its rule or its next place: proved with the action": """
        consultations/carrying/actions.py begin
        consultations/outages/actions.py _extend
        meetings/agenda/actions.py add_item
        meetings/agenda/actions.py move_item
        meetings/agenda/actions_bulk.py add_items
        meetings/paper_ballots/actions.py enter_protocol
        meetings/paper_ballots/actions.py seal
        meetings/presence/actions.py earliest_arrival
        petitions/as_appeal/actions.py hand_over
        petitions/defence/actions.py count_waiting
        petitions/defence/actions.py remove
        petitions/defence/mailboxes.py hold_back_repeated
        petitions/defence/moving.py -
        votes/electorate/actions.py freeze
        votes/electorate/actions_lists.py invite
        votes/life/actions.py _tell_closed
        votes/life/actions.py publish
        votes/questions/actions.py write_question
    """,
    "a stored number, made anew from its rows: tests compare the two": """
        discussions/actions.py -
        discussions/actions.py _recount_answers
        discussions/handlers.py _recount
        petitions/signing/counting.py -
        votes/opening/actions.py tell_turnouts
        votes/opening/numbers.py numbers_of
    """,
    "one of the statuses or steps of a figure that is in the table": """
        petitions/defence/dryrun.py _parts
        petitions/defence/trends.py _groups
        petitions/defence/trends.py _steps
        votes/paper/views_desk.py sheets
    """,
    "all rows of one thing, in whatever state": """
        appeals/desk/case.py sheets_of
        consultations/evidence/queries.py counts_of
        consultations/feeds.py _with_dates
        consultations/sheets/views.py sheet_file
        consultations/sheets/views.py sheets
        insights/indicators/views_desk.py index
        insights/panel/views_desk.py panels
        meetings/displays/course.py question
        meetings/floor/views.py support
        meetings/guests/queries.py -
        meetings/guests/queries.py answers_of
        meetings/guests/queries.py guest_answers
        meetings/guests/views.py support_as_guest.act
        meetings/hall/queries.py count
        meetings/hall/queries.py count_in_hall
        meetings/outcome/counting.py with_counts
        meetings/paper_ballots/queries.py with_counts
        newsroom/articles/queries.py detail_of
        petitions/starting/views.py check
        portal/city/queries.py counts_of_map
        consultations/dispositions/queries.py counts_by_clause
        realtime/of_meetings.py _questions
        votes/desk/views.py poll_detail
        votes/electorate/views_desk.py _list_answer
        votes/electorate/views_desk.py uninvite_all
        votes/electorate/views_desk.py void_codes
        votes/feeds.py _with_dates
    """,
    "a queryset of the table, counted as it is": """
        consultations/pages.py _of_map
        newsroom/press/views_desk.py conference
        petitions/rulebook/views_desk.py change_rules
        appeals/register/open_work.py OfficeWork.of_department
        portal/home/views.py card
        portal/programme/figures.py _count
    """,
    "found by what somebody typed or asked for, not by a state": """
        accounts/people/models.py UserQuerySet.by_email
        accounts/people/models.py UserQuerySet.of_email
        accounts/people/models.py UserQuerySet.unconfirmed
        appeals/querysets.py AppealQuerySet.numbered
        appeals/querysets.py AppealQuerySet.of_number
        appeals/querysets.py AppealQuerySet.said
        appeals/querysets.py AppealQuerySet.search
        consultations/querysets.py ConsultationQuerySet.about_business
        consultations/querysets.py RemarkQuerySet.at_clause
        drafts/clauses/models.py ClauseQuerySet.numbered
        drafts/versions/models.py RevisionQuerySet.of_words
        search/entries.py -
        search/finding.py -
    """,
    "figures of a quarter, hidden where they are small: tests/appeals/figures, tests/insights": """
        appeals/figures/outcomes.py -
        appeals/figures/quarters.py -
        insights/indicators/measures/appeals.py count_appeals
        insights/indicators/measures/appeals.py count_electronic
        insights/indicators/measures/appeals.py rate_answers
        insights/indicators/measures/moderation.py -
        insights/indicators/measures/polls.py -
        insights/indicators/measuring.py _first_day
    """,
    "a mark that moves with the rows, told to nobody": """
        consultations/checklist/queries.py facts_of
        consultations/outages/beats.py -
        consultations/repeats/actions.py -
        core/web/metrics.py -
        moderation/queue/scoring.py -
        petitions/sql.py -
        portal/opendata/datasets.py _sum_seqs
        portal/opendata/tables/petitions.py _recount_key
        realtime/samples.py _petitions
        sealing/kept_keys.py -
    """,
    "a check of what is stored, with tests of its own": """
        core/audit_log/checking.py -
        core/audit_log/checking.py _rest
        core/state/faults.py count_open_faults
        notifications/sending/state_checks.py -
        operation/failed_jobs/queries.py count_failed
        operation/state_checks/queues.py -
        operation/state_checks/replication.py -
        operation/telling/handlers.py _comes_and_goes
        votes/keepers/state_checks.py check_keepers
        notifications/mails/evidence.py count_notices
        petitions/defence/guarding.py _count_marked.count
        petitions/ledger/checking.py -
    """,
    "not yet in the table: tests of its own": """
        newsroom/press/models.py AccreditationQuerySet.reading_releases
        consultations/dispositions/load_by_person.py count_rows_by_person
        petitions/querysets.py PetitionQuerySet.owed_by
        drafts/versions/models.py SetAsideQuerySet.undecided
        drafts/versions/actions.py publish
        appeals/many/open_work.py AppealWork.count_unseen
        accounts/notes/queries.py count_notes
        insights/indicators/measures/services.py count_services
        records/documents/counting.py _count
        records/documents/models.py DocumentQuerySet.entered
        records/documents/models.py DocumentQuerySet.kept_by
        records/documents/queries.py choices
        records/services/models.py ServiceQuerySet.ended
        records/services/models.py ServiceQuerySet.kept_by
        records/services/models.py ServiceQuerySet.offered
        records/services/models.py ServiceQuerySet.offered_on
        records/services/models.py ServiceUseQuerySet.current
    """,
    "one column, tried by the tests of its page": """
        appeals/answers/models.py AnswerQuerySet.late
        appeals/answers/models.py AnswerQuerySet.published
        appeals/filing/models_files.py AttachmentQuerySet.taken
        consultations/carrying/models.py PlaceQuerySet.current
        consultations/carrying/queries.py carrying_context
        meetings/pages.py cast_context
        meetings/querysets.py DisplayQuerySet.paired
    """,
    "a helper: what it is given is counted": """
        consultations/cards.py -
        core/db/paging.py count_beyond
        core/domain/deadlines.py group
        meetings/log/replay.py _since
    """,
}
