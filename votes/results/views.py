"""Public pages and files of results: counts, named votes, answers in words, codes, the card."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.db.paging import neighbours, page_of
from core.export import ods
from core.web.pages import shared_page
from core.web.regions import region_of
from core.web.sharing import card_response
from votes import boards, pages, queries
from votes.ballots import codes as published_codes
from votes.card import card_of
from votes.exports import document as document_exports
from votes.exports import tables as exports
from votes.models import Poll, Question
from votes.presenters import ShownPoll
from votes.results import showing
from votes.views import poll_of, topics_of

TEXTS_SIZE, VOTERS_SIZE = 30, 50


@require_safe
@shared_page(topics_of)
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """Results of the count. Anybody, once published, or while open where the poll says so."""
    shown = poll_of(request, pk)
    context = boards.results_context(shown)
    if "counted" not in context:
        raise Http404
    context |= pages.share_links(shown.poll, "votes:results")
    return render(request, "votes/results.html", context)


@require_safe
@region_of("votes:detail")
@shared_page(topics_of)
def live_results(request: HttpRequest, pk: int) -> HttpResponse:
    """The public fragment of results that live pages fetch again: also between the close and the
    publication, when it says so. Anybody."""
    context = boards.results_context(poll_of(request, pk))
    return render(request, "votes/results.html#results", context)


@require_safe
@shared_page(topics_of)
def voters(request: HttpRequest, pk: int) -> HttpResponse:
    """Voters and their choices, of a poll whose rule says that it is shown. Anybody, with the
    results.
    """
    shown = _with_results(request, pk)
    poll = shown.poll
    if poll.secrecy != Poll.Secrecy.NAMED:
        raise Http404
    page = page_of(
        queries.named_ballots(poll),
        order=("pk",),
        after=request.GET.get("after"),
        size=VOTERS_SIZE,
    )
    questions = pages.questions_of(poll)
    rows = [
        {
            "name": queries.voter_name(ballot.voter_record),
            "chosen": pages.describe_ballot(questions, choices),
        }
        for ballot, choices in queries.with_shown_texts(page.items, questions)
    ]
    context = shown.context(rows=rows, **neighbours(page, request.GET))
    return render(request, "votes/voters.html", context)


@require_safe
@shared_page(topics_of)
def texts(request: HttpRequest, pk: int, question_pk: int) -> HttpResponse:
    """The answers in words to one question that a moderator let through. Anybody, with results."""
    shown = _with_results(request, pk)
    asked = Question.objects.filter(poll=shown.poll, kind=Question.Kind.TEXT)
    question = get_object_or_404(asked, pk=question_pk)
    page = page_of(
        question.texts.shown(), order=("id",), after=request.GET.get("after"), size=TEXTS_SIZE
    )
    context = shown.context(question=question, page=page, **neighbours(page, request.GET))
    return render(request, "votes/texts.html", context)


def _with_results(request: HttpRequest, pk: int) -> ShownPoll:
    shown = poll_of(request, pk)
    if not showing.may_be_shown(shown):
        raise Http404
    return shown


@require_safe
@shared_page(topics_of)
def results_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The published results as one table. Anybody."""
    return _file(
        exports.as_csv(_published_document(request, pk)), "text/csv; charset=utf-8", pk, "csv"
    )


@require_safe
@shared_page(topics_of)
def results_json(request: HttpRequest, pk: int) -> HttpResponse:
    """The published results for programs. Anybody."""
    told = _published_document(request, pk)
    written = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    return _file(written.content, "application/json", pk, "json")


@require_safe
@shared_page(topics_of)
def results_ods(request: HttpRequest, pk: int) -> HttpResponse:
    """The published results as a book of sheets. Anybody."""
    return _file(ods.ods(exports.sheets(_published_document(request, pk))), ods.MIME, pk, "ods")


def _published_document(request: HttpRequest, pk: int) -> dict[str, Any]:
    shown = poll_of(request, pk)
    told = document_exports.document(shown) if shown.poll.published_at else None
    if told is None:
        raise Http404
    return told


def _file(content: str | bytes, kind: str, pk: int, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="poll-{pk}-results.{ending}"'
    return response


@require_safe
@shared_page(topics_of)
def codes(request: HttpRequest, pk: int) -> HttpResponse:
    """The codes of a secret poll that count, as a file. Anybody, once the results are published."""
    poll = poll_of(request, pk).poll
    if not (poll.has_receipts and poll.published_at):
        raise Http404
    response = HttpResponse(b"".join(published_codes.lines(poll)), content_type="text/plain")
    response["Content-Disposition"] = f'attachment; filename="poll-{pk}-codes.txt"'
    return response


@require_safe
@shared_page(topics_of)
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Instructions to check that one's ballot was counted, or from when on. Anybody; 404 of a draft
    and of polls without receipts.
    """
    shown = poll_of(request, pk)
    poll = shown.poll
    if not poll.has_receipts or poll.scheduled_at is None:
        raise Http404
    context = shown.context(result=poll.result if poll.published_at else None)
    return render(request, "votes/check.html", context)


@require_safe
@shared_page(topics_of)
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture that goes with a link to a poll, 1200 × 630. Anybody; 404 of a draft."""
    shown = poll_of(request, pk)
    if shown.poll.scheduled_at is None:
        raise Http404
    return card_response(card_of(shown, pages.turnout(shown.poll)))
