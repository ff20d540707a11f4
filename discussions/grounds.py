"""Grounds of hiding: the rule that each stands on, and what else a decision needs.

A ground alone says nothing of what was wrong: every hiding, and every refusal of a petition, has
the words that break the rule, or a note that says what does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.domain.rules import Verdict, refuse_unless
from discussions.models import HideReason

if TYPE_CHECKING:
    from discussions.models import Comment

#: The longest quotation of the words that break a rule, in characters.
LONGEST_QUOTE = 500
#: On which act a ground stands in any discussion; the others stand on the rules of participation
#: alone. What a procedure says beside it: consultations.Procedure.unconsidered.
ACTS: dict[str, Any] = {
    HideReason.UNLAWFUL: gettext_lazy("Constitution of Ukraine, art. 34(3)"),
    HideReason.INSULT: gettext_lazy("Civil Code of Ukraine, art. 297"),
    HideReason.PERSONAL: gettext_lazy("law 2297-VI, art. 14(1)"),
}
#: The grounds that readers may report by, and that hold wherever something is said. Which data a
#: proposal needs, the law of a procedure says.
EVERYWHERE = [choice for choice in HideReason.choices if choice[0] != HideReason.UNNAMED]


def rule_of(ground: str) -> str:
    """The rule of participation, with the act on which it stands where there is one."""
    act = ACTS.get(ground)
    if act is None:
        return _("rules of participation")
    return _("rules of participation; %(act)s") % {"act": act}


def explain(*, quote: str, note: str, words: str) -> Verdict:
    """Hide or refuse ``words`` by what is said of them: a quotation from them, or a note."""
    return refuse_unless(
        quote.strip() or note.strip(),
        "moderation.facts_missing",
        _(
            "Quote the words that break the rule, or say in the note what does: a ground alone is "
            "not enough."
        ),
    ) and refuse_unless(
        not quote.strip() or is_quoted(quote, words),
        "moderation.quote_not_found",
        _("There are no such words in the text: copy them from it."),
    )


def is_quoted(quote: str, words: str) -> bool:
    """Whether the quotation stands in the words: letters and digits are compared, as the queue
    compares repeats (ADR 56); a quotation without any, as it is."""
    bare = _bare(quote)
    return bare in _bare(words) if bare else quote.strip() in words


def words_of(comment: Comment) -> str:
    """All that its author wrote, for ``explain``."""
    return "\n".join((comment.text, comment.proposal, comment.interest))


def _bare(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())
