"""Remarks whose words are nearly the same: folded by a job, unfolded by staff exactly."""

from __future__ import annotations

from random import Random

import pytest
from django.db import IntegrityError, transaction

from consultations.models import KeptApart, Remark, State
from consultations.register import actions as register
from consultations.register.numbering import number_remarks
from consultations.remarks import actions
from consultations.repeats import actions as repeats
from consultations.repeats import rules
from consultations.repeats.likeness import Words, is_repeat
from core.domain import clock as database_clock
from core.domain.rules import Refused
from core.models import AuditEntry
from discussions import actions as discussion
from drafts.models import Clause
from tests import factories
from tests.crowds import crowd
from tests.honest_remarks import PARAPHRASES, honest, near_copy

HONEST = honest(60)


def fold() -> int:
    number_remarks()
    return repeats.fold_repeats(window=False)


def _groups(consultation) -> dict[int, int]:
    """Number of each folded remark -> that of its head."""
    folded = Remark.objects.filter(consultation=consultation, folded_into__isnull=False)
    return dict(folded.values_list("number", "folded_into__number"))


class TestLikeness:
    COPY = (
        "Прошу лишити прохід завширшки два метри, бо з дитячим візочком тут не розминутися, "
        "а взимку тротуар ще вужчий через сніг і кучугури."
    )

    def test_a_fifth_of_the_words_changed_is_a_repeat(self):
        other = self.COPY.replace("Прошу", "Благаю").replace("дитячим", "великим")
        other = other.replace("тут", "там").replace("кучугури", "лід")
        assert is_repeat(Words.of(self.COPY), Words.of(other.upper()))

    @pytest.mark.parametrize(
        ("said", "other"),
        [
            ("не розминутися", "розминутися"),
            ("два метри", "2 метри"),
            ("вужчий", "вужчий і менше довше, треба збільшити його"),
        ],
    )
    def test_what_decides_the_position_is_compared_by_itself(self, said, other):
        changed = self.COPY.replace(said, other)
        same = said == "вужчий"  # one says something, the other nothing against it
        assert is_repeat(Words.of(self.COPY), Words.of(changed)) is same

    def test_opposite_words_keep_two_apart(self):
        text = (
            "Пропоную {} строк роботи літніх майданчиків на один місяць, бо погода восени в "
            "нашому місті дедалі тепліша й людям приємно сидіти надворі."
        )
        longer, shorter = (Words.of(text.format(word)) for word in ("подовжити", "скоротити"))
        assert is_repeat(longer, longer)
        assert not is_repeat(longer, shorter)

    def test_short_ones_are_the_same_or_not(self):
        said = Words.of("Підтримую цей проєкт!")
        assert is_repeat(said, Words.of("підтримую, цей проект"))
        assert not is_repeat(said, Words.of("Підтримую цей задум"))

    def test_another_wording_or_clause_proposes_something_else(self):
        words = [
            Words.of(self.COPY, "до 22:00", "2.1"),
            Words.of(self.COPY, "до 23:00", "2.1"),
            Words.of(self.COPY, "до 22:00", "2.2"),
        ]
        assert [is_repeat(words[0], other) for other in words] == [True, False, False]

    def test_paraphrases_are_not_found_and_not_promised(self):
        assert not any(is_repeat(Words.of(one), Words.of(other)) for one, other in PARAPHRASES)


@pytest.mark.django_db
class TestByTheJob:
    @pytest.fixture
    def say(self, opened, olena):
        def do(text, by=olena, **more):
            return actions.remark(opened, by=by, text=text, **more)

        return do

    @pytest.mark.cpu(6)
    def test_campaigns_are_folded_and_honest_ones_are_not(self, opened):
        """As benchmarks/repeats.py, at a twentieth: 50 honest ones, 15 copies from 2 addresses."""
        random, people = Random(3), crowd(5)
        copies = [near_copy(HONEST[number % 2], random) for number in range(15)]
        texts = HONEST[:50] + copies
        for number, text in enumerate(texts):
            actions.remark(opened, by=people[number % 5], text=text)
        fold()
        groups = _groups(opened)
        honest_folded = [number for number in groups if number <= 50]
        assert honest_folded == []
        right = [number for number, head in groups.items() if head == (number - 51) % 2 + 1]
        assert len(right) >= 0.95 * len(copies)

    def test_not_before_its_words_are_final(self, say, clock):
        say(HONEST[0])
        say(HONEST[0])
        number_remarks()
        assert repeats.fold_repeats() == 0
        clock.advance(minutes=16)
        assert repeats.fold_repeats() == 1
        assert repeats.fold_repeats() == 0

    def test_a_fixed_number_of_statements_for_a_batch(self, say, django_assert_max_num_queries):
        for text in HONEST[:12]:
            say(text)
        number_remarks()
        with django_assert_max_num_queries(14):
            repeats.fold_repeats(window=False)

    def test_answered_ones_and_other_clauses_stand_by_themselves(self, say, opened, ofi):
        clauses = Clause.objects.filter(version__draft=opened.draft).exclude(number="")[:2]
        first = say(HONEST[0])
        answered = say(HONEST[0])
        actions.answer(answered, by=ofi, text="Врахуємо.")
        for clause in clauses:
            say(HONEST[0], clause_id=clause.pk)
        assert fold() == 0
        assert first.folded.count() == 0

    def test_shown_once_with_how_many_and_each_author_on_its_page(
        self, say, opened, bohdan, client
    ):
        head, copy = say(HONEST[0]), say(HONEST[0], by=bohdan)
        fold()
        page = client.get(opened.get_absolute_url()).content.decode()
        assert f'id="remark-{head.pk}"' in page
        assert f'id="remark-{copy.pk}"' not in page
        assert "і ще 1 таке саме" in page
        assert bohdan.public_name in client.get(head.get_absolute_url()).content.decode()
        told = client.get(f"/api/v1/consultations/{opened.pk}/remarks/").json()["results"]
        assert [each["repeats"] for each in told] == [head.pk, None]
        its_own = client.get(copy.get_absolute_url()).content.decode()
        assert head.get_absolute_url() in its_own

    def test_a_repeated_wording_without_reasons_is_shown_by_its_words(self, opened, bohdan, client):
        clause = Clause.objects.filter(version__draft=opened.draft).exclude(number="").first()
        proposal = "Літні майданчики працюють до 22:00."
        head, copy = (
            actions.remark(
                opened, by=bohdan, text="", proposal=proposal, kind="wording", clause_id=clause.pk
            )
            for _time in range(2)
        )
        Remark.objects.filter(pk=copy.pk).update(folded_into=head)
        page = client.get(opened.get_absolute_url()).text
        said = page.split('class="most-said__list"')[1].split("</ul>")[0]
        assert f"<q>{proposal}</q>" in said

    def test_the_next_stands_for_a_hidden_head(self, say, opened, bohdan, mo):
        said = [say(HONEST[0], by=by) for by in (bohdan, bohdan, bohdan)]
        fold()
        assert _groups(opened) == {2: 1, 3: 1}
        discussion.hide(said[0].comment, by=mo, reason="personal", note="Порушує правила")
        assert _groups(opened) == {3: 2}
        discussion.restore(said[0].comment, by=mo)
        fold()
        assert set(_groups(opened)) == {3}  # an earlier one is compared with none before it

    def test_one_that_is_shown_again_stands_for_a_head_that_is_not(self, say, mo):
        head, copy = say(HONEST[0]), say(HONEST[0])
        fold()
        for each in (copy, head):
            discussion.hide(each.comment, by=mo, reason="personal", note="Порушує правила")
        opened = head.consultation
        assert _groups(opened) == {2: 1}
        discussion.restore(copy.comment, by=mo)
        assert _groups(opened) == {}
        assert Remark.objects.get(pk=copy.pk).folded_into_id is None

    def test_a_head_that_was_hidden_while_the_job_folded_is_replaced(self, say, mo):
        head, copy = say(HONEST[0]), say(HONEST[0])
        number_remarks()
        discussion.hide(head.comment, by=mo, reason="personal", note="Порушує правила")
        Remark.objects.filter(pk=copy.pk).update(folded_into=head)
        fold()
        assert _groups(head.consultation) == {}

    def test_words_that_staff_correct_are_compared_again(self, say, opened, ofi):
        say(HONEST[0])
        entered = register.enter(
            opened,
            by=ofi,
            source="letter",
            received_on=opened.opens_on,
            author_name="Іван Бойко",
            text=HONEST[0],
        )
        fold()
        assert _groups(opened) == {2: 1}
        register.correct(
            entered.received,
            by=ofi,
            author_name="Іван Бойко",
            text=HONEST[1],
            received_on=opened.opens_on,
        )
        fold()
        assert _groups(opened) == {}

    def test_groups_have_one_level_whoever_writes(self, say):
        one, two, three = (say(text) for text in HONEST[:3])
        Remark.objects.filter(pk=two.pk).update(folded_into=one)
        with pytest.raises(IntegrityError), transaction.atomic():
            Remark.objects.filter(pk=three.pk).update(folded_into=two)
        with pytest.raises(IntegrityError), transaction.atomic():
            Remark.objects.filter(pk=one.pk).update(folded_into=three)


@pytest.mark.django_db
class TestByStaff:
    @pytest.fixture
    def group(self, opened, olena, bohdan):
        """A head and three that repeat it."""
        people = [olena, *[bohdan] * 3]
        said = [actions.remark(opened, by=by, text=HONEST[0]) for by in people]
        fold()
        return [Remark.objects.get(pk=each.pk) for each in said]

    def _rows(self, opened):
        return list(Remark.objects.filter(consultation=opened).order_by("pk").values())

    def test_undo_is_exact_and_remembered(self, opened, group, ofi):
        folded = self._rows(opened)
        Remark.objects.filter(consultation=opened).update(folded_into=None)
        before = self._rows(opened)
        for row in folded:
            Remark.objects.filter(pk=row["comment_id"]).update(folded_into=row["folded_into_id"])
        repeats.unfold(group[2], by=ofi)
        assert _groups(opened) == {2: 1, 4: 1}
        assert repeats.unfold_all(group[0], by=ofi) == 2
        assert self._rows(opened) == before
        fold()
        assert self._rows(opened) == before  # never again by itself
        assert AuditEntry.objects.filter(event="RemarkUnfolded").count() == 3

    def test_nothing_is_folded_into_what_is_kept_apart(self, opened, group, ofi, bohdan):
        repeats.unfold(group[1], by=ofi)
        actions.remark(opened, by=bohdan, text=HONEST[0])
        fold()
        assert _groups(opened) == {3: 1, 4: 1, 5: 1}

    def test_an_unfolding_is_taken_back(self, opened, group, ofi):
        folded = self._rows(opened)
        repeats.unfold(group[1], by=ofi)
        repeats.fold_again(KeptApart.objects.get(), by=ofi)
        assert self._rows(opened) == folded
        assert not KeptApart.objects.exists()

    def test_refusals(self, group, ofi, olena, opened):
        for by, remark, code in (
            (olena, group[1], "consultation.officers_only"),
            (ofi, group[0], "repeats.not_folded"),
        ):
            with pytest.raises(Refused) as refused:
                repeats.unfold(remark, by=by)
            assert refused.value.verdict.code == code

    def test_until_the_report(self, department):
        officer = factories.person(1, "officer", department_id=department.pk)
        now = database_clock.now()
        may = {
            state: bool(rules.regroup(officer, factories.consultation(department, state), now=now))
            for state in (State.OPEN, State.CLOSED, State.REPORTED, State.WITHDRAWN)
        }
        assert list(may.values()) == [True, True, False, False]

    def test_at_the_desk(self, client, group, ofi, opened):
        client.force_login(ofi)
        address = f"/desk/consultations/{opened.pk}/repeats/"
        assert "3" in client.get(address).content.decode()
        its_own = f"{address}{group[0].pk}/"
        assert group[1].get_absolute_url() in client.get(its_own).content.decode()
        assert client.post(f"{its_own}{group[1].pk}/unfold/").status_code == 302
        assert _groups(opened) == {3: 1, 4: 1}
        assert client.post(f"{its_own}{group[1].pk}/fold/").status_code == 302
        assert client.post(f"{its_own}unfold/").status_code == 302
        assert _groups(opened) == {}
