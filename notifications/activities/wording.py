"""The wording of activities, and their sections in a digest.

An activity is known by its verb and by what its ``about`` begins with: ("changed", "version").
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notifications.models import Activity

Verb = Activity.Verb


class Section(TextChoices):
    """The parts of a digest, the most urgent first."""

    CLOSES = "closes", _("Closes soon")
    OPENS = "opens", _("Opens")
    DECIDED = "decided", _("Decided")
    ANSWERED = "answered", _("Answered by the council")
    NEWS = "news", _("News")

    @property
    def place(self) -> int:
        """Its place among the sections, from 0."""
        return list(Section).index(self)


def key_of(activity: Activity) -> tuple[str, str]:
    """By what its words are found."""
    return activity.verb, activity.about.partition(":")[0]


def words_of(activity: Activity) -> str:
    """Words of an activity, in the active language; of an unknown kind those of its verb."""
    return str(_WORDS.get(key_of(activity)) or Verb(activity.verb).label)


def section_of(activity: Activity) -> Section:
    """Section of the activity in a digest."""
    return _SECTIONS.get(key_of(activity)) or _SECTION_OF_VERB[Verb(activity.verb)]


_SECTION_OF_VERB: dict[Verb, Section] = {
    Verb.PUBLISHED: Section.OPENS,
    Verb.OPENED: Section.OPENS,
    Verb.CLOSES: Section.CLOSES,
    Verb.CLOSED: Section.NEWS,
    Verb.CHANGED: Section.NEWS,
    Verb.ANSWERED: Section.ANSWERED,
    Verb.DECIDED: Section.DECIDED,
    Verb.CANCELLED: Section.NEWS,
}
_SECTIONS: dict[tuple[str, str], Section] = {
    (Verb.PUBLISHED, "article"): Section.NEWS,
    (Verb.PUBLISHED, "answer"): Section.ANSWERED,
    (Verb.PUBLISHED, "remark"): Section.NEWS,
}
_WORDS: dict[tuple[str, str], str | Promise] = {
    (Verb.PUBLISHED, "consultation"): _("consultation announced"),
    (Verb.OPENED, "consultation"): _("consultation open for remarks"),
    (Verb.CLOSES, "consultation"): _("remarks will soon be closed"),
    (Verb.CLOSED, "consultation"): _("remarks are closed, a report is being prepared"),
    (Verb.CHANGED, "version"): _("the draft has a new text"),
    (Verb.CHANGED, "dates"): _("the dates of the consultation were changed"),
    (Verb.ANSWERED, "consultation"): _("report published: what became of the remarks"),
    (Verb.DECIDED, "decision"): _("the council has decided"),
    (Verb.DECIDED, "change"): _("the council has decided otherwise"),
    (Verb.CANCELLED, "consultation"): _("consultation withdrawn"),
    (Verb.PUBLISHED, "remark"): _("an organisation that you follow has made a remark"),
    (Verb.PUBLISHED, "petition"): _("petition published, signatures are collected"),
    (Verb.CLOSES, "petition"): _("signing will soon be closed"),
    (Verb.CHANGED, "reached"): _("petition has enough signatures"),
    (Verb.CLOSED, "petition"): _("petition considered as an appeal: too few signatures"),
    (Verb.CHANGED, "review"): _("review of the petition has begun"),
    (Verb.DECIDED, "petition"): _("petition decided"),
    (Verb.ANSWERED, "petition"): _("the council has answered the petition"),
    (Verb.CANCELLED, "petition"): _("petition withdrawn by its author"),
    (Verb.PUBLISHED, "poll"): _("poll announced"),
    (Verb.OPENED, "poll"): _("poll open"),
    (Verb.CLOSES, "poll"): _("poll will soon be closed"),
    (Verb.CHANGED, "extension"): _("poll extended"),
    (Verb.CLOSED, "poll"): _("poll closed, votes are counted"),
    (Verb.DECIDED, "poll"): _("results of the poll published"),
    (Verb.CANCELLED, "poll"): _("poll cancelled"),
    (Verb.PUBLISHED, "meeting"): _("meeting announced"),
    (Verb.OPENED, "meeting"): _("meeting has begun"),
    (Verb.CHANGED, "agenda"): _("agenda of the meeting changed"),
    (Verb.CHANGED, "moved"): _("meeting is at another time or in another place"),
    (Verb.CHANGED, "minutes"): _("minutes of the meeting published"),
    (Verb.CLOSED, "meeting"): _("meeting is over"),
    (Verb.DECIDED, "meeting"): _("meeting is over, votes by name are published"),
    (Verb.DECIDED, "votes"): _("a vote by name was published"),
    (Verb.CANCELLED, "meeting"): _("meeting cancelled"),
    (Verb.ANSWERED, "answer"): _("your appeal is answered"),
    (Verb.CHANGED, "extended"): _("the term of your appeal was extended"),
    (Verb.PUBLISHED, "answer"): _("answer to an appeal published"),
    (Verb.PUBLISHED, "article"): _("news"),
    (Verb.CHANGED, "article"): _("news corrected"),
}
