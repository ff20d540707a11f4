"""Views of letters as PDF: for the applicant, and on the desk to be printed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.data.access_log import shows_people
from accounts.http import AuthenticatedHttpRequest
from appeals.desk import case as cases
from appeals.filing.access import load_own
from appeals.letters.queries import file_name, load_answer, load_notice, make_pdf
from appeals.letters.wording import LetterKind
from appeals.models import Answer, Appeal
from core.domain import clock
from core.export.official_letter import OfficialLetter
from core.export.pdf import as_file


@never_cache
@require_safe
def own_notice(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A notice about one's appeal. Its applicant."""
    own = load_own(request, pk)
    if kind == LetterKind.COVERING:
        raise Http404
    return _notice(own.appeal, kind)


@never_cache
@require_safe
def own_answer(request: HttpRequest, pk: int, answer_pk: int) -> HttpResponse:
    """The answer to one's appeal as a letter. Its applicant."""
    own = load_own(request, pk)
    answer = get_object_or_404(own.appeal.answers.filter(sent_at__isnull=False), pk=answer_pk)
    return _answer(own.appeal, answer)


@login_required
@never_cache
@require_safe
@shows_people
def notice(request: AuthenticatedHttpRequest, pk: int, kind: str) -> HttpResponse:
    """A notice about an appeal, to be printed. Who works on it."""
    return _notice(cases.load(request, pk).appeal, kind)


@login_required
@never_cache
@require_safe
@shows_people
def answer(request: AuthenticatedHttpRequest, pk: int, answer_pk: int) -> HttpResponse:
    """An answer as a letter, a draft too, as it will look. Who works on it."""
    appeal = cases.load(request, pk).appeal
    return _answer(appeal, get_object_or_404(appeal.answers, pk=answer_pk))


def _notice(appeal: Appeal, kind: str) -> HttpResponse:
    if kind not in LetterKind or kind == LetterKind.ANSWER:
        raise Http404
    letter = load_notice(appeal, LetterKind(kind))
    if letter is None:
        raise Http404
    return _file(letter, appeal, LetterKind(kind))


def _answer(appeal: Appeal, answer: Answer) -> HttpResponse:
    answer.appeal = appeal
    return _file(load_answer(answer, clock.now()), appeal, LetterKind.ANSWER)


def _file(letter: OfficialLetter, appeal: Appeal, kind: LetterKind) -> HttpResponse:
    return as_file(make_pdf(letter), file_name(appeal, kind))
