"""Serializers of the API of meetings: every field by name.

Of people they tell what the law has published: deputies, who was present, who voted how (280/97-ВР
arts 46, 59). Who asked a question from the floor stands on the page, not here.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from city.council.serializers import NamedOut
from core.api.input import PageQuery, Slug
from core.api.views import page_schema
from core.domain import clock
from meetings.hall.figures import Figures
from meetings.hall.queries import Tally
from meetings.models import (
    Deputy,
    Item,
    Kind,
    LogEntry,
    Meeting,
    MeetingDocument,
    Pause,
    RollCall,
    RollCallAnnulment,
    State,
    VideoGround,
    Vote,
)
from meetings.queries import ShownRollCall
from meetings.quickpolls.pages import Row, ShownQuickPoll, shown_of

#: Where an announced one may stand.
STATES = [choice for choice in State.choices if choice[0] != State.DRAFT]
#: Which meetings a list has.
LISTS = ("all", "coming", "past")


class MeetingsQuery(PageQuery):
    list = serializers.ChoiceField(
        [(name, name) for name in LISTS],
        default="all",
        help_text=_("`coming` are announced or going on, `past` are over or cancelled."),
    )
    kind = serializers.ChoiceField(Kind.choices, required=False)
    theme = Slug(help_text=_("A theme’s `slug`."))
    district = Slug(help_text=_("A district’s `slug`."))


class MeetingOut(serializers.Serializer[Meeting]):
    id = serializers.IntegerField(source="pk")
    url = serializers.SerializerMethodField(help_text=_("Its page for people."))
    kind = serializers.ChoiceField(Kind.choices)
    body = serializers.SerializerMethodField(help_text=_("Which body meets, or null."))
    title = serializers.CharField()
    place = serializers.CharField()
    themes = NamedOut(source="themes.all", many=True)
    district = NamedOut(
        allow_null=True, help_text=_("Of which part of the city it is; null: of all of it.")
    )
    streets = NamedOut(source="streets.all", many=True)
    state = serializers.SerializerMethodField()
    begins_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    published_at = serializers.DateTimeField(help_text=_("When its notice was published."))
    opened_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    cancelled_at = serializers.DateTimeField(allow_null=True)

    def get_url(self, meeting: Meeting) -> str:
        return f"{settings.SITE_URL}{meeting.get_absolute_url()}"

    def get_body(self, meeting: Meeting) -> str | None:
        return meeting.body.name if meeting.body else None

    @extend_schema_field(serializers.ChoiceField(STATES))
    def get_state(self, meeting: Meeting) -> str:
        return str(meeting.state_at(self.context.get("now") or clock.now()))


class ItemOut(serializers.Serializer[Item]):
    id = serializers.IntegerField(source="pk")
    order = serializers.IntegerField()
    title = serializers.CharField()
    text = serializers.CharField()
    presenter = serializers.CharField(help_text=_("The rapporteur, or empty."))
    state = serializers.ChoiceField(Item.State.choices)
    consultation = serializers.IntegerField(source="consultation_id", allow_null=True)
    petition = serializers.IntegerField(source="petition_id", allow_null=True)
    poll = serializers.IntegerField(source="poll_id", allow_null=True)
    minutes = serializers.IntegerField(
        allow_null=True, help_text=_("So many were set aside for it; null: as many as it takes.")
    )
    opened_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    decided_by = serializers.IntegerField(
        source="decided_by_id",
        allow_null=True,
        help_text=_("The roll-call that decided it, once the secretary has confirmed that."),
    )


class MeetingDocumentOut(serializers.Serializer[MeetingDocument]):
    id = serializers.IntegerField(source="pk")
    item = serializers.IntegerField(
        source="item_id", allow_null=True, help_text=_("Of the agenda; null: of the whole meeting.")
    )
    title = serializers.CharField()
    url = serializers.SerializerMethodField(help_text=_("Of the file, or null once removed."))
    media_type = serializers.CharField()
    size = serializers.IntegerField(help_text=_("In bytes."))
    added_at = serializers.DateTimeField(source="at")
    removed_at = serializers.DateTimeField(allow_null=True)
    removed_reason = serializers.CharField()

    def get_url(self, document: MeetingDocument) -> str | None:
        if document.removed_at:
            return None
        return f"{settings.SITE_URL}{document.get_absolute_url()}"


class SurveyRowOut(serializers.Serializer[Row]):
    name = serializers.CharField(help_text=_("What could be chosen."))
    votes = serializers.IntegerField(source="number")
    in_hall = serializers.IntegerField(
        allow_null=True, help_text=_("Of them in the hall; null: nobody was noted there.")
    )


class QuickPollOut(serializers.Serializer[ShownQuickPoll]):
    poll = serializers.IntegerField(source="pk", help_text=_("It is a poll like others."))
    item = serializers.IntegerField(source="quick.item_id", allow_null=True)
    question = serializers.CharField(source="poll.title")
    opened_at = serializers.DateTimeField(source="quick.opened_at")
    closed_at = serializers.DateTimeField(source="quick.closed_at", allow_null=True)
    ballots = serializers.IntegerField(
        allow_null=True, help_text=_("How many have voted, once it is counted.")
    )
    results = SurveyRowOut(source="rows", many=True, help_text=_("Empty until it is counted."))


class PauseOut(serializers.Serializer[Pause]):
    kind = serializers.ChoiceField(Pause.Kind.choices)
    began_at = serializers.DateTimeField()
    resumes_at = serializers.DateTimeField(
        allow_null=True,
        help_text=_("When the meeting goes on, as it was said; on another day: it continues then."),
    )
    roll_call = serializers.IntegerField(
        source="roll_call_id",
        allow_null=True,
        help_text=_("The roll-call that it suspends: no votes are taken meanwhile."),
    )


class MeetingDetailOut(MeetingOut):
    pause = PauseOut(
        allow_null=True, help_text=_("The recess, alarm or technical pause that goes on now.")
    )
    accessibility = serializers.CharField()
    capacity = serializers.IntegerField(allow_null=True, help_text=_("Places for the public."))
    registration_closes_at = serializers.DateTimeField(
        allow_null=True, help_text=_("Null: people register until the meeting is opened.")
    )
    stream_url = serializers.CharField(help_text=_("Of the live stream, or empty."))
    short_notice_reason = serializers.CharField(
        help_text=_("Why it was called at shorter notice than the law asks for, or empty.")
    )
    cancelled_reason = serializers.CharField()
    video_url = serializers.CharField(help_text=_("Of its video, or empty."))
    video_published_at = serializers.DateTimeField(allow_null=True)
    minutes_url = serializers.SerializerMethodField(help_text=_("Of its minutes, or empty."))
    minutes_published_at = serializers.DateTimeField(allow_null=True)
    items = ItemOut(many=True, help_text=_("The agenda, in its order."))
    documents = MeetingDocumentOut(many=True, help_text=_("With those that were removed."))
    quick_polls = serializers.SerializerMethodField()

    @extend_schema_field(QuickPollOut(many=True))
    def get_quick_polls(self, meeting: Meeting) -> Any:
        shown = shown_of(meeting, self.context.get("now") or clock.now())
        return serializers.ListSerializer(shown, child=QuickPollOut()).data

    def get_minutes_url(self, meeting: Meeting) -> str:
        if meeting.minutes_edition is None:
            return meeting.minutes_url
        return f"{settings.SITE_URL}{reverse('meetings:minutes', args=[meeting.pk])}"


class VoterOut(serializers.Serializer[Deputy]):
    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()


class VideoGroundOut(serializers.Serializer[VideoGround]):
    number = serializers.CharField()
    date = serializers.DateField()


class AnnulmentOut(serializers.Serializer[RollCallAnnulment]):
    at = serializers.DateTimeField()
    reason = serializers.CharField()
    repeated_by = serializers.IntegerField(
        source="repeated_by_id", allow_null=True, help_text=_("The roll-call that repeats it.")
    )


class VoteOut(serializers.Serializer[Vote]):
    deputy = VoterOut()
    faction = serializers.SerializerMethodField(help_text=_("As it was then, or null."))
    choice = serializers.ChoiceField(Vote.Choice.choices)
    entered_by = serializers.ChoiceField(
        Vote.Entered.choices,
        source="entered",
        help_text=_(
            "`self`: the deputy; `secretary`; `replaced`: the secretary, in place of the deputy’s "
            "own vote; `close`: nobody; `unrecorded`: before that was kept."
        ),
    )
    by_video = VideoGroundOut(
        source="video_ground",
        allow_null=True,
        help_text=_("The act by which it was given by videoconference; null: in the hall."),
    )

    def get_faction(self, vote: Vote) -> str | None:
        return vote.faction.name if vote.faction else None


class RollCallOut(serializers.Serializer[ShownRollCall]):
    id = serializers.IntegerField(source="roll_call.pk")
    item = serializers.IntegerField(source="roll_call.item_id")
    question = serializers.CharField(source="roll_call.question")
    needs = serializers.ChoiceField(
        RollCall.Needs.choices, source="roll_call.needs", help_text=_("What it takes.")
    )
    membership = serializers.IntegerField(
        source="result.membership",
        help_text=_("The total membership, with the head of the city if they took part."),
    )
    present = serializers.IntegerField(source="result.present")
    needed = serializers.IntegerField(
        source="result.needed", help_text=_("So many votes for it take.")
    )
    is_carried = serializers.BooleanField(source="result.is_carried")
    opened_at = serializers.DateTimeField(source="roll_call.opened_at")
    closed_at = serializers.DateTimeField(source="roll_call.closed_at")
    published_at = serializers.DateTimeField(source="roll_call.published_at")
    no_quorum_reason = serializers.CharField(
        source="roll_call.no_quorum_reason",
        help_text=_("Why it was opened without a quorum, or empty."),
    )
    annulment = AnnulmentOut(
        source="roll_call.annulled",
        allow_null=True,
        help_text=_("Why it counts for nothing, or null."),
    )
    votes = VoteOut(many=True, help_text=_("Of every member, by name."))


class FiguresOut(serializers.Serializer[Figures]):
    # The names of the choices, one of which is a word of Python.
    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {
            "for": serializers.IntegerField(source="for_"),
            "against": serializers.IntegerField(),
            "abstained": serializers.IntegerField(),
        }


class ShowOfHandsOut(serializers.Serializer[Tally]):
    id = serializers.IntegerField(source="show.pk")
    item = serializers.IntegerField(source="show.item_id", allow_null=True)
    question = serializers.CharField(source="show.question")
    opened_at = serializers.DateTimeField(source="show.opened_at")
    closed_at = serializers.DateTimeField(source="show.closed_at")
    hall = FiguresOut(help_text=_("Of people in the hall, by their telephones."))
    remote = FiguresOut(help_text=_("Of people elsewhere, by their telephones."))
    counted = FiguresOut(
        allow_null=True,
        help_text=_("What the secretary has counted in the hall, or null; it is part of no sum."),
    )


class LogEntryOut(serializers.Serializer[LogEntry]):
    at = serializers.DateTimeField()
    kind = serializers.ChoiceField(LogEntry.Kind.choices)
    item = serializers.IntegerField(source="item_id", allow_null=True)
    roll_call = serializers.IntegerField(source="roll_call_id", allow_null=True)
    deputy = serializers.IntegerField(source="deputy_id", allow_null=True)
    show_of_hands = serializers.IntegerField(source="show_of_hands_id", allow_null=True)
    poll = serializers.IntegerField(source="poll_id", allow_null=True)
    seconds = serializers.IntegerField(
        allow_null=True,
        help_text=_("So many later a mistake was undone, or so many a speaker was given."),
    )


MeetingPage = page_schema("MeetingPage", MeetingOut)
RollCallPage = page_schema("RollCallPage", RollCallOut)
ShowOfHandsPage = page_schema("ShowOfHandsPage", ShowOfHandsOut)
LogPage = page_schema("MeetingLogPage", LogEntryOut)

DESCRIPTIONS = {
    "MeetingOut": _("A meeting in a list."),
    "MeetingDetailOut": _("All about a meeting but its roll-calls and its log."),
    "ItemOut": _("An item of the agenda."),
    "MeetingDocumentOut": _("A document of a meeting or of an item."),
    "QuickPollOut": _("A survey of those present, without legal force."),
    "SurveyRowOut": _("How many have chosen one option."),
    "PauseOut": _("A recess, an air-raid alarm or a technical pause."),
    "RollCallOut": _("A published roll-call vote with who voted how."),
    "VoteOut": _("One member’s vote."),
    "VoterOut": _("A deputy."),
    "VideoGroundOut": _("The act by which members may take part by videoconference."),
    "AnnulmentOut": _("Why a roll-call counts for nothing."),
    "ShowOfHandsOut": _("A show of hands that has closed. It is not a vote of the council."),
    "FiguresOut": _("How many hands were raised for each choice."),
    "LogEntryOut": _("Something that happened in the meeting."),
}
