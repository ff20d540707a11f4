"""The demo city's moderation: what waits, the word list, saved reasons, one contested hiding."""

from __future__ import annotations

from datetime import timedelta

from accounts.models import User
from discussions.models import Comment, Flag, HideReason
from moderation import lists, scoring
from moderation.models import Contest, QueueItem, Ruling

WORDS = ["реклама", "купуйте", "знижка", "казино", "кредит онлайн"]
REASONS = [
    ("spam", "Реклама заборонена. Зауваження щодо проєкту залюбки оприлюднимо."),
    ("profanity", "Без лайки й образ, будь ласка: те саме можна сказати спокійно."),
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
_AT_ONCE = 500


def load_moderation(people: dict[str, User]) -> None:
    """Score what the demo people said, decide what is old, contest one hiding."""
    lists.add_words(WORDS, by=people["mo"])
    for rule, note in REASONS:
        lists.save_reason(by=people["mo"], rule=rule, note=note)
    shown = Comment.objects.filter(hidden_at=None, deleted_at=None, is_official=False)
    ids = list(shown.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), _AT_ONCE):
        scoring.score(ids[start : start + _AT_ONCE])
    _settle_old(people["mo"])
    _rule_hidden()
    _contest(people)


def _settle_old(mo: User) -> None:
    """What nobody reported was read by a moderator within the hour, but for what is newest."""
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
    """Whose words were hidden as an insult contests it, an hour later."""
    hidden = Ruling.objects.filter(rule=HideReason.PROFANITY, reversed_at=None)
    latest = hidden.select_related("comment").order_by("-at", "-pk").first()
    if latest is None or latest.comment.author_id is None:
        return
    contest = Contest.objects.create(
        ruling=latest, by_id=latest.comment.author_id, words=CONTEST, against_id=latest.by_id
    )
    Contest.objects.filter(pk=contest.pk).update(at=latest.at + timedelta(hours=1))
