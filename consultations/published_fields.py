"""Fields that evidence, report, API and open data publish of a consultation, column by column."""

from __future__ import annotations

from consultations.costs.models import Cost
from consultations.dispositions.models import ApprovalSetting, Assignment, SavedText
from consultations.models import (
    Attachment,
    BulkChange,
    BulkChangeRow,
    Carrying,
    Consultation,
    ConsultationPicture,
    DateChange,
    Decision,
    DecisionChange,
    Declaration,
    Disposition,
    Edition,
    EditionRow,
    EditionTerm,
    EvidenceBundle,
    ExecutionStep,
    KeptApart,
    Link,
    Outage,
    Place,
    Procedure,
    ProcedureAnswers,
    PublicDiscussion,
    ReceivedOffline,
    ReceivedScan,
    Remark,
    RemarkCount,
    RepeatSketch,
    Report,
    ReportVersion,
    SheetImport,
    StepNote,
    UrgentAct,
    WaitingRemark,
)
from core.domain.published_fields import not_published, published_fields, told

_OFFICER = "an officer: the entries of the audit log name who did it"
_PLACES = "where it is listed, which is no word of the announcement"
_AT_LENGTH = "told at length by the API and the page: the table has its summary"
_LATER = "the report is published before it"
_PAGE = "its page tells it to people; programs did not ask for it yet"

# --- What is announced ----------------------------------------------------------------------------

published_fields(
    Consultation,
    evidence=told(
        "procedure department title summary brief brief_en problem options affected chosen_option"
        " how_held report_how contact_person contact_details on_paper opens_at closes_at"
        " report_due_on short_period_reason outcome",
        {_PLACES: "district themes streets"},
    ),
    report=told(
        "procedure department title summary contact_person contact_details opens_at=opens_on"
        " closes_at=last_day",
        {
            "told with the announcement, whose summary the report repeats": (
                "affected brief brief_en chosen_option how_held on_paper options problem"
                " report_how short_period_reason"
            ),
            "the report has an outcome of its own": "outcome",
            "the day is the report's own": "report_due_on",
            _PLACES: "district themes streets",
        },
    ),
    api=told(
        "procedure department district title summary brief brief_en problem options affected"
        " chosen_option how_held report_how contact_person contact_details on_paper opens_at"
        " closes_at report_due_on short_period_reason outcome themes streets"
    ),
    open_data=told(
        "procedure department title summary opens_at closes_at=last_day report_due_on outcome"
        " themes",
        {
            _AT_LENGTH: (
                "affected brief brief_en chosen_option how_held on_paper options problem"
                " report_how short_period_reason district streets"
            ),
            "an officer: people of the council are in no table": "contact_person contact_details",
        },
    ),
)
published_fields(
    Attachment,
    evidence=told("consultation kind title file"),
    report="the report lists no files of the announcement",
    api=told("consultation title file=get_absolute_url", {"the title says what it is": "kind"}),
    open_data="the API names the files of each consultation",
)
published_fields(
    Link,
    evidence=told("consultation title url"),
    report="the report lists no links of the announcement",
    api=told("consultation title url"),
    open_data="the API names the links of each consultation",
)
published_fields(
    ConsultationPicture,
    evidence=told("consultation alt alt_en caption credit is_cover"),
    report="the report has no pictures",
    api=told(
        "consultation alt caption credit is_cover",
        {"the API tells pictures in Ukrainian, as their captions are": "alt_en"},
    ),
    open_data="the API names the pictures of each consultation",
)
published_fields(
    DateChange,
    evidence=told(
        "consultation outage at old_opens_at old_closes_at new_opens_at new_closes_at reason",
        {_OFFICER: "by"},
    ),
    report=told(
        "consultation=date_changes at old_closes_at=old_last_day new_closes_at=new_last_day reason",
        {
            _OFFICER: "by",
            "the report tells the last days": "old_opens_at new_opens_at",
            "the reason says it": "outage",
        },
    ),
    api=told(
        "consultation=date_changes at old_opens_at old_closes_at new_opens_at new_closes_at reason",
        {_OFFICER: "by", "the reason says it": "outage"},
    ),
    open_data="the API tells the changes of each consultation",
)
published_fields(
    ProcedureAnswers,
    evidence=told(
        "consultation posted_on posted_where discussion_grounds platform platform_url"
        " needs_sme_test is_text_unchanged reason"
    ),
    report="they are about the procedure, not about the proposals",
    api=_PAGE,
    open_data=_PAGE,
)
published_fields(
    PublicDiscussion,
    evidence=told("consultation form held_at place cancelled_reason"),
    report="the report's own section of events tells them",
    api=_PAGE,
    open_data=_PAGE,
)
published_fields(
    Procedure,
    evidence=told(
        "code",
        {
            "the bundle says by which procedure; what it asks for stands on its page": (
                "name name_en legal_basis min_age shortest shortest_unit longest longest_unit"
                " report_within report_unit participants martial_law_duty martial_law_basis"
                " report_must_hold asks_full_name proposals_within outage_days unconsidered"
                " notes_questions_only edition_within premoderates checklist"
                " months_after_martial_law early_ground in_force note"
            ),
        },
    ),
    report=told(
        "name legal_basis",
        {
            "a rule, not a fact of this consultation": (
                "code name_en min_age shortest shortest_unit longest longest_unit report_within"
                " report_unit participants martial_law_duty martial_law_basis report_must_hold"
                " asks_full_name proposals_within outage_days unconsidered notes_questions_only"
                " edition_within premoderates checklist months_after_martial_law early_ground"
                " in_force note"
            ),
        },
    ),
    api=told(
        "code name name_en legal_basis",
        {
            "its terms stand in the dates of each consultation": (
                "min_age shortest shortest_unit longest longest_unit report_within report_unit"
                " participants martial_law_duty martial_law_basis report_must_hold asks_full_name"
                " proposals_within outage_days unconsidered notes_questions_only edition_within"
                " premoderates checklist months_after_martial_law early_ground in_force note"
            ),
        },
    ),
    open_data=told(
        "code",
        {
            "the code names it; its page tells the rest": (
                "name name_en legal_basis min_age shortest shortest_unit longest longest_unit"
                " report_within report_unit participants martial_law_duty martial_law_basis"
                " report_must_hold asks_full_name proposals_within outage_days unconsidered"
                " notes_questions_only edition_within premoderates checklist"
                " months_after_martial_law early_ground in_force note"
            ),
        },
    ),
)

# --- What is said ---------------------------------------------------------------------------------

published_fields(
    Remark,
    evidence=told(
        "clause=clause_key kind quote_start quote_end comment consultation",
        {"found by its place in the recorded version": "quote quote_prefix quote_suffix"},
    ),
    report=told(
        "clause kind quote comment consultation",
        {"the quoted words are enough": "quote_start quote_end quote_prefix quote_suffix"},
    ),
    api=told(
        "clause kind quote_start quote_end quote quote_prefix quote_suffix comment consultation"
    ),
    open_data=told(
        "clause kind comment consultation",
        {
            "the API tells the words of which it is": (
                "quote quote_start quote_end quote_prefix quote_suffix"
            )
        },
    ),
)
published_fields(
    Declaration,
    evidence=told("remark full_name", {"not published: for the officers alone": "contact"}),
    report=told("remark full_name", {"not published: for the officers alone": "contact"}),
    api=told("remark full_name", {"not published: for the officers alone": "contact"}),
    open_data=told("remark full_name", {"not published: for the officers alone": "contact"}),
)
published_fields(
    ReceivedOffline,
    evidence=told("remark received_on", {"not published: for the officers alone": "contact"}),
    report=told("remark received_on", {"not published: for the officers alone": "contact"}),
    api="the remark says by what way it came, and when it was entered",
    open_data="the remark says by what way it came, and when it was entered",
)
published_fields(
    Place,
    evidence="it follows from the recorded versions, and is no word of its author",
    report="the report names the clause that was read, and the one that it led to",
    api=told(
        "remark version clause=clause_now quote_start=start quote_end=end method removed_in answer",
        {"the newest is told": "is_current"},
    ),
    open_data=told(
        "remark clause",
        {
            "the API tells how it was carried": (
                "version quote_start quote_end method removed_in is_current answer"
            )
        },
    ),
)

# --- What became of it ----------------------------------------------------------------------------

published_fields(
    Disposition,
    evidence=told("remark kind reason resulting_key"),
    report=told("remark kind reason resulting_key"),
    api=told("remark kind reason resulting_key"),
    open_data=told("remark kind reason resulting_key=resulting_labels"),
)
published_fields(
    Report,
    evidence="a working copy; its editions are recorded",
    report=told("consultation outcome subject events summary changes"),
    api=told(
        "consultation outcome",
        {"the API names the files of each edition": "subject events summary changes"},
    ),
    open_data="the report is a document; its consultation says when it was published",
)
published_fields(
    Edition,
    evidence=told(
        "consultation number at reason has_full_names content rows_total sha256=manifest docx pdf",
        {
            _OFFICER: "by",
            "how far its files are made": "progress",
            "each removed name leaves the salt of its row": "removed_names names_removed_at",
        },
    ),
    report=told(
        "consultation number at reason content rows_total sha256 removed_names names_removed_at",
        {
            _OFFICER: "by",
            "its manifest says it": "has_full_names",
            "the files are the report": "docx pdf progress",
        },
    ),
    api=told(
        "consultation number at reason rows_total sha256 docx pdf",
        {
            _OFFICER: "by",
            "the files say it": "has_full_names content removed_names names_removed_at",
            "how far its files are made": "progress",
        },
    ),
    open_data="the report is a document",
)
published_fields(
    EditionRow,
    evidence=told(
        "edition place remark=remark_id number name_hash words_hash facts",
        {
            "hashed: the remark itself is recorded": "author name words",
            "a salt opens its hash": "name_salt words_salt",
        },
    ),
    report=told(
        "edition place remark number name words facts",
        {
            "whose name it is, for an erasure": "author",
            "for the manifest": "name_salt name_hash words_salt words_hash",
        },
    ),
    api="the report is a document",
    open_data="the report is a document",
)
published_fields(
    Decision,
    evidence=told(
        "consultation outcome decided_on early_ground number signed_on url reason text=text_id"
        " in_force_from in_force_until ended_by ended_by_url votes_for against abstained"
        " not_voting members roll_call_url"
    ),
    report=_LATER,
    api=told(
        "consultation outcome decided_on number signed_on url reason text in_force_from"
        " in_force_until ended_by ended_by_url votes_for against abstained not_voting members"
        " roll_call_url",
        {"the page tells it": "early_ground"},
    ),
    open_data=told(
        "consultation outcome decided_on number url reason in_force_from in_force_until ended_by"
        " ended_by_url votes_for=VOTES against abstained not_voting members roll_call_url",
        {
            "the register of acts tells it": "signed_on",
            "the page tells it": "early_ground text",
        },
    ),
)

# --- In no document -------------------------------------------------------------------------------

not_published(
    *(DecisionChange, ExecutionStep, StepNote),
    why="after the procedure: the page of the act tells it, and the audit log keeps it",
)
not_published(UrgentAct, why="no consultation was held on it: a page of its own, and the search")
not_published(Outage, why="its changes of dates say it")
not_published(Cost, why="of a business: the report has ranges of at least three of them alone")
not_published(
    *(Assignment, ApprovalSetting, SavedText, KeptApart, ReportVersion, SheetImport),
    *(BulkChange, BulkChangeRow),
    why="work of the desk",
)
not_published(
    *(Carrying, RemarkCount, RepeatSketch, EditionTerm),
    why="kept for the work of jobs and lists: it follows from what is told",
)
not_published(*(ReceivedScan, WaitingRemark), why="for its author and the officers alone")
not_published(EvidenceBundle, why="the evidence itself; its page tells its digest")
