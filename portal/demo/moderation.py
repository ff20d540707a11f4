"""The demo city's moderation: what waits, the word list, saved reasons, contested hidings."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.models import User
from core.domain import clock
from discussions.models import Comment, Flag, HideReason
from moderation.lists import actions
from moderation.models import Contest, QueueItem, Ruling, Why
from moderation.queue import scoring

WORDS = ["реклама", "купуйте", "знижка", "казино", "кредит онлайн"]
REASONS = [
    ("spam", "Реклама заборонена. Зауваження щодо проєкту залюбки оприлюднимо."),
    ("insult", "Без лайки й образ, будь ласка: те саме можна сказати спокійно."),
    (
        "personal",
        "Не оприлюднюйте телефонів і адрес людей без їхньої згоди.",
    ),
    ("off_topic", "Це не про цей проєкт. Для інших питань є звернення до ради."),
]
#: Of the words that were hidden as an insult.
CONTEST = (
    "Я нікого не назвав поіменно: мова про роботу управління, яке готує проєкт. Образливе слово "
    "ладен прибрати, але сказати, що там більше папірців, ніж автобусів, маю право."
)
#: Of the words that were hidden because of a telephone number, and why they stay so.
UPHELD = (
    "Телефон голови й так висить на дошці біля під’їзду, тож нічого таємного я не сказав.",
    "Оголошення в під’їзді не є згодою на оприлюднення домашньої адреси в мережі. Те саме без "
    "телефону й адреси можна сказати знову.",
)
#: The words that were hidden as off-topic, and what was said of it.
RESTORED = "У програмі немає жодного слова про сміттєві майданчики"
OVERTURNED = (
    "Сміттєвий майданчик є частиною двору, тож це про програму: пропоную доповнити перелік робіт.",
    "Пропозиція доповнити перелік робіт стосується проєкту. Приховано помилково, слова повернуто.",
)
_AT_ONCE = 500


def load_moderation(people: dict[str, User]) -> None:
    """Score what the demo people said, decide what is old, contest one hiding."""
    actions.add_words(WORDS, by=people["mo"])
    for rule, note in REASONS:
        actions.save_reason(by=people["mo"], rule=rule, note=note)
    shown = Comment.objects.filter(hidden_at=None, deleted_at=None, is_official=False)
    ids = list(shown.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), _AT_ONCE):
        scoring.score(ids[start : start + _AT_ONCE])
    _settle_old(people["mo"])
    _rule_hidden()
    _contest(people)


def _settle_old(mo: User) -> None:
    """Settle comments that nobody reported, as read by a moderator within the hour, but for the
    newest.
    """
    reported = Flag.objects.filter(settled_at=None).values("comment")
    items = QueueItem.objects.waiting().exclude(pk__in=reported).select_related("comment")
    old = list(items.order_by("-pk"))[12:]
    Ruling.objects.bulk_create(
        Ruling(
            comment=item.comment,
            kind=Ruling.Kind.LEFT,
            by=mo,
            at=item.comment.created_at + _time_of(item.pk),
            waited=_time_of(item.pk),
        )
        for item in old
    )
    for item in old:
        item.settled_at, item.settled_by = item.comment.created_at + _time_of(item.pk), mo
    QueueItem.objects.bulk_update(old, ["settled_at", "settled_by"], batch_size=_AT_ONCE)


def _time_of(number: int) -> timedelta:
    """A plausible time to the decision, the same at every loading."""
    return timedelta(minutes=4 + number * 37 % 130)


def _rule_hidden() -> None:
    """The rulings of hidden words stand when these were hidden."""
    for ruling in Ruling.objects.filter(kind=Ruling.Kind.HIDDEN).select_related("comment"):
        if ruling.comment.hidden_at:
            Ruling.objects.filter(pk=ruling.pk).update(
                at=ruling.comment.hidden_at,
                waited=ruling.comment.hidden_at - ruling.comment.created_at,
            )


def _contest(people: dict[str, User]) -> None:
    """Three contests, each made an hour after the hiding: one waits, one hiding was upheld, and one
    was wrong, so that its words are shown again."""
    waiting = _latest_hiding(HideReason.INSULT)
    if waiting is not None:
        _make(waiting, CONTEST)
    upheld = _latest_hiding(HideReason.PERSONAL)
    if upheld is not None:
        _decide(_make(upheld, UPHELD[0]), people["admin"], Contest.Outcome.UPHELD, UPHELD[1])
    _restore(people)


def _latest_hiding(rule: str) -> Ruling | None:
    """The latest hiding by a rule that is in force."""
    found = Ruling.objects.filter(kind=Ruling.Kind.HIDDEN, rule=rule, reversed_at=None)
    return found.select_related("comment").order_by("-at", "-pk").first()


def _make(ruling: Ruling, words: str) -> Contest:
    author = ruling.comment.author
    if author is None:
        raise ValueError(f"{ruling} is of words without an author")
    contest = Contest.objects.create(ruling=ruling, by=author, words=words, against_id=ruling.by_id)
    contest.at = min(ruling.at + timedelta(hours=1), clock.now())
    contest.save(update_fields=["at"])
    return contest


def _decide(contest: Contest, by: User, outcome: Contest.Outcome, reason: str) -> datetime:
    """Another moderator decides two hours later; when that was."""
    contest.outcome, contest.reason = outcome, reason
    contest.decided_by, contest.decided_at = by, contest.at + timedelta(hours=2)
    contest.save(update_fields=["outcome", "reason", "decided_by", "decided_at"])
    return contest.decided_at


def _restore(people: dict[str, User]) -> None:
    """Words that were hidden after some hours and are shown again: the contest was right."""
    comment = Comment.objects.filter(text__startswith=RESTORED).first()
    if comment is None:
        return
    ruling = Ruling.objects.create(
        comment=comment,
        kind=Ruling.Kind.HIDDEN,
        rule=HideReason.OFF_TOPIC,
        by=people["mo"],
        picked_by=[Why.REPORTED],
    )
    ruling.at, ruling.waited = comment.created_at + timedelta(hours=5), timedelta(hours=5)
    ruling.reversed_at = _decide(
        _make(ruling, OVERTURNED[0]), people["admin"], Contest.Outcome.OVERTURNED, OVERTURNED[1]
    )
    ruling.save(update_fields=["at", "waited", "reversed_at"])
