"""Faults of figures that count what they should not, and of mails that are untrue when they go."""

from __future__ import annotations

from tests.faults.fault import Fault

_COUNTS = "tests/endings/counts/test_counts.py::test_each_figure_counts_its_states_alone"
_MAILS = "tests/endings/test_mails.py::test_what_does_not_hold_any_more_is_not_told"

COUNT_FAULTS = (
    Fault(
        "replies that are waited for where words are hidden",
        "consultations/desk/load.py",
        "consultation__in=mine, comment__hidden_at=None, comment__deleted_at=None",
        "consultation__in=mine, comment__deleted_at=None",
        f"{_COUNTS}[a remark in an open consultation]",
    ),
    Fault(
        "words that their author took back among the repeats",
        "consultations/repeats/queries.py",
        'Count("folded", Q(folded__comment__deleted_at=None))',
        'Count("folded")',
        f"{_COUNTS}[a remark in an open consultation]",
    ),
    Fault(
        "a former deputy in the number of a faction",
        "meetings/deputies/views_desk.py",
        'Faction.objects.annotate(number=Count("deputies", filter=now))',
        'Faction.objects.annotate(number=Count("deputies"))',
        f"{_COUNTS}[a deputy on their first day]",
    ),
    Fault(
        "an appeal that was answered among the late ones",
        "appeals/querysets.py",
        "return self.open().filter(due_at__lte=Now())",
        "return self.filter(due_at__lte=Now())",
        f"{_COUNTS}[an appeal in work]",
    ),
    Fault(
        "a report that was withdrawn with its consultation, and is late",
        "consultations/desk/load.py",
        "mine.filter(announced_at__lte=Now(), withdrawn_at=None, report_due_on__isnull=False)",
        "mine.filter(announced_at__lte=Now(), report_due_on__isnull=False)",
        f"{_COUNTS}[an open consultation]",
    ),
    Fault(
        "a poll that was called off among those that open soon",
        "votes/querysets.py",
        "filter(opens_at__gt=Now(), cancelled_at=None)",
        "filter(opens_at__gt=Now())",
        f"{_COUNTS}[an open poll]",
    ),
    Fault(
        "a promised step that is done among the overdue ones",
        "petitions/desk/queries.py",
        'Step.objects.filter(petition=OuterRef("pk"), done_on=None)',
        'Step.objects.filter(petition=OuterRef("pk"))',
        f"{_COUNTS}[a petition that collects]",
    ),
    Fault(
        "a quick poll among the matters of a district",
        "portal/districts.py",
        "filter(district=district, is_quick=False)",
        "filter(district=district)",
        f"{_COUNTS}[an open consultation of a district]",
    ),
    Fault(
        "a mail that an organisation is confirmed, which is closed by then",
        "notifications/mails/organisations.py",
        'holds = {"confirmed_at__isnull": False, "closed_at": None}',
        'holds = {"confirmed_at__isnull": False}',
        f"{_MAILS}[organisations/confirmed]",
    ),
    Fault(
        "a mail of dates that have changed again",
        "notifications/mails/contents.py",
        '    return None if later.exists() else {**context, "change": change}',
        '    return {**context, "change": change}',
        f"{_MAILS}[consultations/dates_changed]",
    ),
    Fault(
        "a mail of news that a moderator has hidden meanwhile",
        "notifications/mails/petitions.py",
        "news = News.objects.filter(pk=news_id, petition=petition_id, hidden_at=None).first()",
        "news = News.objects.filter(pk=news_id, petition=petition_id).first()",
        f"{_MAILS}[petitions/news]",
    ),
)
