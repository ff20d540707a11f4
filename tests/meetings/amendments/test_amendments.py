"""Amendments: who enters them, the order of their votes, the text composed of those adopted."""

from __future__ import annotations

import pytest

from drafts.models import Clause, Version
from meetings.agenda import actions as agenda_actions
from meetings.agenda.actions import ItemText
from meetings.amendments import actions, queries
from meetings.amendments.composing import compose
from meetings.amendments.groups import State
from meetings.course import actions as course_actions
from meetings.minutes import content
from meetings.minutes.parts import Parts
from meetings.minutes.queries import gather, minutes_of
from meetings.models import Amendment, Deputy, Item, Meeting, RollCall
from meetings.planning import actions as planning_actions
from meetings.presence import actions as presence_actions
from meetings.rollcalls import actions as rollcalls_actions
from meetings.rollcalls import actions_decisions
from tests import factories as people
from tests.meetings import factories
from tests.meetings.factories import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(olena) -> Item:
    """The first item of an announced session, with a draft; the first deputy is olena."""
    of = people.consultation(people.department())
    meeting = factories.meeting("draft", items=0)
    by = factories.secretary()
    agenda_actions.add_item(meeting, by=by, text=ItemText(title="Про майданчики", consultation=of))
    agenda_actions.add_item(meeting, by=by, text=ItemText(title="Різне"))
    planning_actions.publish(meeting, by=by, short_notice_reason="Невідкладне питання")
    deputy = factories.deputies(meeting.body)[0]
    deputy.user = olena
    deputy.save()
    return meeting.items.get(order=1)


def deputies(item: Item) -> list[Deputy]:
    return factories.deputies(item.meeting.body)


def clause(item: Item, marker: str) -> Clause:
    version = queries.version_of(item)
    assert version is not None
    return version.clauses.get(marker=marker)


def moved(item: Item, kind: str, text: str = "", *, marker: str = "2.", **said) -> Amendment:
    who = said or {"mover": "Постійна комісія з благоустрою"}
    by = who.pop("by", None) or factories.secretary()
    to = clause(item, marker)
    return actions.propose(item, by=by, clause=to, kind=kind, text=text, **who)


def taken_up(item: Item) -> Meeting:
    by, meeting = factories.secretary(), item.meeting
    meeting = course_actions.open_meeting(meeting, by=by)
    for deputy in deputies(item):
        presence_actions.come(meeting, deputy, by=by)
    return course_actions.next_item(meeting, by=by, seen_item=None)


def vote(amendment: Amendment, votes: int) -> None:
    by = factories.secretary()
    roll_call = actions.put_to_vote(amendment, by=by)
    for deputy in deputies(amendment.item)[:votes]:
        rollcalls_actions.enter_vote(roll_call, deputy, by=by, choice="for")
    rollcalls_actions.close_roll_call(roll_call, by=by)


def states(item: Item) -> dict[int, State]:
    groups = queries.groups_on(item)
    return {each.number: state for group in groups for each, state in group.members}


def test_a_deputy_enters_one_until_the_item_is_taken_up(item, olena, bohdan):
    one, two, *_others = deputies(item)
    made = moved(item, "replace", "Працює до 21:00.", by=olena, deputy=one)
    assert (made.number, made.deputy, made.mover) == (1, one, "")
    with refused("meeting.deputies_only"):
        moved(item, "remove", by=olena, deputy=two)
    with refused("meeting.deputies_only"):
        moved(item, "remove", by=bohdan, deputy=one)
    with refused("meeting.runners_only"):
        moved(item, "remove", by=bohdan, mover="Хтось")
    taken_up(item)
    item.refresh_from_db()
    with refused("amendment.taken_up"):
        moved(item, "remove", by=olena, deputy=one)
    # The secretary enters what is moved aloud, for whomever.
    assert moved(item, "remove", deputy=two).number == 2


@pytest.mark.with_all
def test_what_an_amendment_says(item):
    stranger = people.draft("Про інше\n\n1. Одне.\n2. Друге.\n").versions.get().clauses.last()
    by, mover = factories.secretary(), "Виконком"
    with refused("amendment.another_text"):
        actions.propose(item, by=by, clause=stranger, kind="remove", mover=mover)
    with refused("amendment.another_text"):
        actions.propose(
            item.meeting.items.get(order=2), by=by, clause=stranger, kind="remove", mover=mover
        )
    for kind, text, who, code in (
        ("burn", "", {"mover": mover}, "amendment.kind"),
        ("replace", " ", {"mover": mover}, "amendment.words"),
        ("remove", "слова", {"mover": mover}, "amendment.words"),
        ("remove", "", {"mover": " "}, "amendment.mover"),
        ("remove", "", {"mover": mover, "deputy": deputies(item)[0]}, "amendment.mover"),
    ):
        with refused(code):
            moved(item, kind, text, **who)


def test_the_first_adopted_closes_the_group_but_for_what_is_compatible(item):
    by = factories.secretary()
    insert = moved(item, "insert", "Музика – до 21:00.")
    beside = moved(item, "insert", "Собак вигулюють на повідку.")
    replace = moved(item, "replace", "Працює до 21:00.")
    later = moved(item, "replace", "Працює до 20:00.")
    remove = moved(item, "remove")
    with refused("amendment.excludes_others"):
        actions.mark(replace, by=by, is_compatible=True)
    actions.mark(beside, by=by, is_compatible=True)
    with refused("meeting.not_opened"):
        actions.put_to_vote(remove, by=by)
    meeting = taken_up(item)
    # To remove it is voted on first, then other words in their order, then what is inserted.
    with refused("amendment.not_in_turn"):
        actions.put_to_vote(replace, by=by)
    vote(remove, votes=2)
    with refused("amendment.voted"):
        actions.withdraw(remove, by=by)
    vote(replace, votes=3)
    assert states(item) == {1: "closed", 2: "waiting", 3: "adopted", 4: "closed", 5: "rejected"}
    for closed in (insert, later):
        with refused("amendment.closed"):
            actions.put_to_vote(closed, by=by)
    with refused("amendment.undecided"):
        actions.compose(item, by=by)
    vote(beside, votes=3)
    course_actions.next_item(meeting, by=by, seen_item=item.pk)
    item.refresh_from_db()
    other = item.meeting.items.get(order=2)
    assert other.state == "current"
    with refused("amendment.another_item"):
        actions.put_to_vote(insert, by=by)


def annul(amendment: Amendment) -> RollCall:
    amendment.refresh_from_db()
    voted = amendment.roll_call
    assert voted is not None
    actions_decisions.annul_roll_call(voted, by=factories.secretary(), reason="Закрито помилково")
    return voted


def test_what_became_of_one_is_what_the_repeated_vote_says(item):
    by = factories.secretary()
    remove, replace, added = (
        moved(item, "remove"),
        moved(item, "replace", "Працює до 21:00."),
        moved(item, "insert", "Контроль щороку.", marker="3."),
    )
    meeting = taken_up(item)
    vote(remove, votes=1)
    former = annul(remove)
    # It waits again, and comes before the others to its clause.
    assert states(item) == {1: "waiting", 2: "waiting", 3: "waiting"}
    with refused("amendment.not_in_turn"):
        actions.put_to_vote(replace, by=by)
    vote(remove, votes=2)
    assert states(item)[1] == "rejected"
    assert former.annulment.repeated_by == Amendment.objects.get(pk=remove.pk).roll_call
    # Repeated as any annulled vote is, it is followed, too; by the same majority.
    vote(replace, votes=1)
    slip = annul(replace)
    meeting.refresh_from_db()
    asked = {"question": "Поправка № 2", "seen_item": item.pk, "repeats": slip}
    with refused("rollcall.another_majority"):
        rollcalls_actions.open_roll_call(meeting, by=by, needs="procedural", **asked)
    again = rollcalls_actions.open_roll_call(meeting, by=by, **asked)
    assert states(item)[2] == "voting"
    for deputy in deputies(item)[:3]:
        rollcalls_actions.enter_vote(again, deputy, by=by, choice="for")
    rollcalls_actions.close_roll_call(again, by=by)
    assert states(item) == {1: "rejected", 2: "adopted", 3: "waiting"}
    # Another that comes before the adopted one is not repeated.
    first = annul(remove)
    assert states(item)[1] == "closed"
    with refused("amendment.closed"):
        rollcalls_actions.open_roll_call(meeting, by=by, **{**asked, "repeats": first})
    with refused("amendment.closed"):
        actions.put_to_vote(remove, by=by)
    vote(added, votes=3)
    assert "Контроль щороку." in text_of(actions.compose(item, by=by).version)
    annul(added)
    with refused("amendment.text_outdated"):
        actions.publish(item, by=by)
    with refused("amendment.undecided"):
        actions.compose(item, by=by)
    added.refresh_from_db()
    actions.withdraw(added, by=by)
    assert "Контроль щороку." not in text_of(actions.compose(item, by=by).version)
    actions.publish(item, by=by)


def text_of(version: Version) -> list[str]:
    return [each.printed for each in version.outline()]


def test_the_composed_text_is_read_and_published_by_the_secretary(item, client):
    by = factories.secretary()
    before = queries.version_of(item)
    assert before is not None
    changed = moved(item, "replace", "2. Майданчик працює до 21:00.", deputy=deputies(item)[0])
    added = moved(item, "insert", "Контроль щороку.", marker="3.")
    gone = moved(item, "remove", marker="1.")
    taken_back = moved(item, "remove", marker="3.")
    actions.withdraw(taken_back, by=by)
    with refused("amendment.withdrawn"):
        actions.withdraw(taken_back, by=by)
    with refused("amendment.undecided"):
        actions.compose(item, by=by)
    taken_up(item)
    for amendment in (gone, changed, added):
        vote(amendment, votes=3)
    composed = actions.compose(item, by=by)
    composed = actions.compose(item, by=by)  # anew, in place of the first
    was, now = text_of(before), text_of(composed.version)
    assert [words for words in was if words not in now] == [
        "1. Затвердити Порядок розміщення літніх майданчиків (додається).",
        "2. Установити, що майданчик працює з 8:00 до 22:00.",
    ]
    assert [words for words in now if words not in was] == [
        "2. Майданчик працює до 21:00.",
        "Контроль щороку.",
    ]
    # What is below a clause stays below it, with its key: remarks and comparisons follow.
    below = composed.version.clauses.get(marker="2.1.")
    assert below.parent.text == "Майданчик працює до 21:00."
    assert below.key == before.clauses.get(marker="2.1.").key

    # Nobody but the secretary reads it until it is published.
    assert queries.version_of(item) == before
    client.force_login(by)
    address = f"/meetings/{item.meeting_id}/control/items/{item.pk}/amendments/"
    page = client.get(f"{address}text/").content.decode()
    assert "<ins>" in page and "<del>" in page
    client.post(f"{address}text/")
    assert queries.version_of(item) == composed.version
    with refused("amendment.text_published"):
        actions.publish(item, by=by)
    with refused("amendment.text_published"):
        actions.compose(item, by=by)
    client.logout()
    page = client.get(f"/meetings/{item.meeting_id}/items/{item.pk}/amendments/").content.decode()
    assert page.count("прийнято") >= 3 and "відкликано" in page
    meeting = item.meeting
    meeting.refresh_from_db()
    sections = content.compose(gather(meeting, minutes_of(meeting, by=by)), Parts())
    words = str([block for section in sections[1:-1] for block in section.blocks])
    assert "Поправка № 1 до «п. 2»" in words and "– відкликано" in words


def test_nothing_adopted_composes_nothing(item):
    by = factories.secretary()
    with refused("amendment.none_adopted"):
        actions.compose(item, by=by)
    with refused("amendment.not_composed"):
        actions.publish(item, by=by)


def test_what_is_inserted_stands_after_all_below_and_what_is_removed_goes_with_it(item):
    version = queries.version_of(item)
    assert version is not None
    base = list(version.outline())
    at = next(each for each in base if each.marker == "2.")
    insert = Amendment(clause=at, kind="insert", text="Після другого.", number=1)
    made = [each.printed for each in compose(Version(), base, [insert])]
    assert (
        made.index("Після другого.") == made.index("2.1. У дні свят майданчик працює до 23:00.") + 1
    )
    remove = Amendment(clause=at, kind="remove", number=2)
    made = [each.printed for each in compose(Version(), base, [remove, insert])]
    assert "Після другого." in made
    assert not [words for words in made if words.startswith("2.")]


@pytest.mark.with_all
def test_pages(item, olena, client):
    client.force_login(olena)
    address = f"/meetings/{item.meeting_id}/items/{item.pk}/amendments/"
    assert client.get(f"{address}new/").status_code == 200
    said = {"clause": clause(item, "2.").pk, "kind": "remove", "text": ""}
    assert client.post(f"{address}new/", said).url == address
    by = factories.secretary()
    client.force_login(by)
    assert client.get(f"{address}new/").status_code == 200
    wrong = client.post(f"{address}new/", {**said, "kind": "replace", "mover": "Виконком"})
    assert wrong.status_code == 422
    taken_up(item)
    steps = f"/meetings/{item.meeting_id}/control/amendments/{item.amendments.get().pk}"
    page = client.get(f"/meetings/{item.meeting_id}/control/").content.decode()
    assert f"/control/items/{item.pk}/amendments/" in page
    client.post(f"{steps}/vote/")
    assert item.amendments.get().roll_call is not None
    assert client.post(f"{steps}/burn/").status_code == 404
    assert "Поправки" in client.get(item.meeting.get_absolute_url()).content.decode()
