"""Views of the desk: one answer to many appeals is drafted, approved and sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from accounts.data.access_log import record_access, shows_people
from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from accounts.rules import use_desk
from appeals.answers.rules import way_to
from appeals.desk.case import WHY
from appeals.desk.presenters import ShownAppeal
from appeals.desk.queries import show
from appeals.many.actions import load_involved_of
from appeals.many.parts import part_of
from appeals.many.views import line_of, say_left
from appeals.models import Answer, Appeal, Attachment
from appeals.rules import decide, respond
from appeals.together import actions
from appeals.together.forms import FinishForm, TogetherFilter, TogetherForm
from appeals.together.rules import version_of_draft
from core.domain.rules import Verdict, require
from core.web.forms import posted_data

_STEPS = {
    "together": gettext_lazy("Write one text"),
    "approve_together": gettext_lazy("Approve"),
    "send_together": gettext_lazy("Send"),
}


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def together(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Draft one answer to many appeals of one kind that have none yet. together.rules.draft_one of
    each: who works on it."""
    user = request.user
    require(use_desk(user))
    asked = request.GET.copy()
    if asked.get("kind") not in Appeal.Kind:
        asked["kind"] = Appeal.Kind.APPLICATION
    wanted = TogetherFilter(asked)
    wanted.is_valid()  # what is not valid narrows nothing
    kind = asked["kind"]
    drafts = Answer.objects.filter(appeal=OuterRef("pk"), sent_at=None)
    rows = Appeal.objects.worked_on_by(user).in_work().filter(~Exists(drafts), kind=kind)
    if words := (wanted.cleaned_data.get("q") or "").replace("\0", ""):
        rows = rows.search(words)
    part = part_of(rows, request.GET)
    shown = show(part.appeals)
    form = TogetherForm(
        posted_data(request),
        initial=_words_like(user, request.GET.get("like", "")),
        appeals=[(each.appeal, line_of(each)) for each in shown],
        is_all="all" in request.GET,
        is_request=kind == Appeal.Kind.REQUEST,
    )
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            data = form.cleaned_data
            found = actions.draft_together(
                data["appeals"],
                by=user,
                text=data["text"],
                result=data["result"],
                is_ready=data["is_ready"],
            )
            said = ngettext(
                "%(n)d appeal has a draft now.", "%(n)d appeals have a draft now.", len(found.done)
            )
            _say(request, found, said)
            made = Answer.objects.filter(appeal__in=found.done, sent_at=None)
            like = made.values_list("pk", flat=True).first() or ""
            onward = part.query_of_next(len(data["appeals"]), len(shown), all="1", like=like)
            query = onward or _query_of(request.GET)
            return redirect(f"{reverse('appeals_desk:together')}?{query}")
    _record(request, shown)
    context = {
        "form": form,
        "filter": wanted,
        "rows": shown,
        **part.context(),
        "tabs": _tabs("together"),
    }
    return render(request, "appeals/desk_together.html", context, status=form.status)


def _words_like(user: User, pk: str) -> dict[str, Any]:
    """The words of a draft of the person's own, to go on with; nothing where it is none."""
    if not (pk.isdecimal() and pk.isascii() and len(pk) < 18):
        return {}
    mine = Answer.objects.filter(by=user, appeal__in=Appeal.objects.worked_on_by(user))
    draft = mine.filter(pk=pk, sent_at=None, refusal=None).first()
    if draft is None:
        return {}
    return {"text": draft.text, "result": draft.result, "is_ready": draft.asked_at is not None}


@dataclass(frozen=True, slots=True)
class _Finish:
    """A step that ends many drafts which were read."""

    name: str
    title: str
    button: str
    explained: str
    said: Callable[[int], str]
    #: Which drafts, and of whom.
    drafts: Mapping[str, Any]
    may: Callable[..., Verdict]
    do: Callable[..., actions.Together]


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def approve_together(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Approve many drafts that wait, as they were read. answers.rules.approve of each: a head."""
    step = _Finish(
        name="approve_together",
        title=_("Approve many answers"),
        button=_("Approve the ticked ones"),
        explained=_("You sign each of them. A refusal of a request is approved by itself."),
        said=lambda n: ngettext("%(n)d answer is approved.", "%(n)d answers are approved.", n),
        drafts={"asked_at__isnull": False, "approved_at": None},
        may=decide,
        do=actions.approve_together,
    )
    return _finish(request, step)


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def send_together(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Send many approved answers. answers.rules.answer of each: the office, and officers and heads
    of the responsible department."""
    step = _Finish(
        name="send_together",
        title=_("Send many answers"),
        button=_("Send the ticked ones"),
        explained=_(
            "Each goes as a letter of its own, with its own number, in the way that reaches its "
            "applicant. This cannot be undone."
        ),
        said=lambda n: ngettext("%(n)d answer is sent.", "%(n)d answers are sent.", n),
        drafts={"approved_at__isnull": False},
        may=respond,
        do=actions.send_together,
    )
    return _finish(request, step)


def _finish(request: AuthenticatedHttpRequest, step: _Finish) -> HttpResponse:
    user = request.user
    require(use_desk(user))
    rows = Appeal.objects.worked_on_by(user).in_work()
    drafts = Answer.objects.filter(sent_at=None, refusal=None, **step.drafts)
    rows = rows.filter(Exists(drafts.filter(appeal=OuterRef("pk"))))
    # Of more than can be ticked at once those come first that are due first.
    part = part_of(rows.select_related("author"), request.GET)
    involved = load_involved_of(part.appeals)
    shown = show([each for each in part.appeals if step.may(user, each, involved[each.pk])])
    texts = _texts_of(shown, drafts)
    versions = {each.appeal_id: each.version for text in texts for each in text.drafts}
    places = {
        each.appeal_id: number for number, text in enumerate(texts, 1) for each in text.drafts
    }
    shown.sort(key=lambda each: places[each.appeal.pk])
    form = FinishForm(
        posted_data(request),
        appeals=[
            (each.appeal, _line_of_draft(each, places[each.appeal.pk], step)) for each in shown
        ],
        versions=lambda appeal: versions[appeal.pk],
        is_all="all" in request.GET,
    )
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            chosen = form.cleaned_data["appeals"]
            ended = step.do(chosen, by=user)
            _say(request, ended, step.said(len(ended.done)))
            # Not ticked: what comes next has to be read first.
            query = part.query_of_next(len(chosen), len(shown))
            address = reverse(f"appeals_desk:{step.name}")
            return redirect(f"{address}?{query}" if query else address)
    _record(request, shown)
    context = {
        "form": form,
        "step": step,
        "texts": texts,
        "rows": shown,
        **part.context(),
        "tabs": _tabs(step.name),
    }
    return render(request, "appeals/desk_together_finish.html", context, status=form.status)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A draft of a text: of which appeal, and the version in which it is shown."""

    appeal_id: int
    version: str


@dataclass(frozen=True, slots=True)
class _Text:
    """Words, result and files that several drafts have in common."""

    answer: Answer
    files: list[str]
    drafts: list[_Draft]


def _texts_of(shown: list[ShownAppeal], drafts: Any) -> list[_Text]:
    """Each text once, with the appeals that it answers: two queries."""
    rows = drafts.filter(appeal__in=[each.appeal.pk for each in shown])
    by_appeal = {each.appeal_id: each for each in rows}
    files: dict[int, list[tuple[int, str]]] = defaultdict(list)
    kept = Attachment.objects.filter(answer__in=by_appeal.values())
    for answer_id, pk, name in kept.values_list("answer", "pk", "name"):
        files[answer_id or 0].append((pk, name))
    found: dict[tuple[Any, ...], _Text] = {}
    for each in shown:
        answer = by_appeal[each.appeal.pk]
        names = [name for _pk, name in files[answer.pk]]
        text = found.setdefault(
            (answer.text, answer.result, tuple(names)), _Text(answer, names, [])
        )
        version = version_of_draft(answer, [pk for pk, _name in files[answer.pk]])
        text.drafts.append(_Draft(each.appeal.pk, version))
    return list(found.values())


def _line_of_draft(shown: ShownAppeal, place: int, step: _Finish) -> str:
    parts = [_("Text %(number)d") % {"number": place}, line_of(shown)]
    if step.name == "send_together":
        parts.append(str(Answer.How(way_to(shown.appeal)).label))
    return " · ".join(parts)


def _record(request: AuthenticatedHttpRequest, shown: list[ShownAppeal]) -> None:
    authors = {each.appeal.author_id for each in shown if each.appeal.author_id}
    record_access(request.user, authors, WHY)


def _say(request: AuthenticatedHttpRequest, found: actions.Together, said: str) -> None:
    """Say with how many it was done, and name what was left with the reason."""
    if found.done:
        messages.success(request, said % {"n": len(found.done)})
    say_left(request, found.left)
    if not (found.done or found.left):
        messages.warning(request, _("None of them is there for you any more: nothing was changed."))


def _tabs(current: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": reverse(f"appeals_desk:{name}"), "current": name == current}
        for name, label in _STEPS.items()
    ]


def _query_of(query: QueryDict) -> str:
    """The filters of the address, which stay."""
    return urlencode({name: str(query[name]) for name in ("kind", "q") if query.get(name)})
