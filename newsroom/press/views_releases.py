"""Pages of a press release for the journalist whose link it is, also before its embargo ends.

Everybody else is answered 404 until then: what is public is derived from the article's time alone
(newsroom/querysets.py).
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.domain import clock
from core.domain.calendar import local_date
from core.kept_pictures.presenters import ShownPicture
from core.kept_pictures.serving import serve_by_link
from newsroom.models import Accreditation, Article, ArticlePicture, Kind, State
from newsroom.presenters import ShownArticle
from newsroom.press import tokens
from newsroom.queries import for_page


@never_cache
@require_safe
def release(request: HttpRequest, pk: int, token: str, article_pk: int) -> HttpResponse:
    """A press release with its embargo first; once that is over, its public page. The accredited
    journalist whose link it is."""
    shown = _find(pk, token, article_pk)
    if shown.state != State.PLANNED:
        return redirect(shown.article)
    pictures = [ShownPicture(each) for each in shown.article.pictures.all()]
    context = shown.context(pictures=pictures, accreditation_pk=pk, token=token)
    return render(request, "newsroom/press/release.html", context)


@never_cache
@require_safe
def release_picture(
    request: HttpRequest, pk: int, token: str, article_pk: int, digest: str, name: str
) -> HttpResponseBase:
    """A picture of a press release under embargo. The journalist whose link it is."""
    shown = _find(pk, token, article_pk)
    found = ArticlePicture.objects.filter(article=shown.article, digest=digest)
    return serve_by_link(request, found, name)


def _find(pk: int, token: str, article_pk: int) -> ShownArticle:
    """The release, planned or published, while the journalist is accredited; else 404."""
    accredited = Accreditation.objects.in_force(local_date(clock.now())).filter(pk=pk).first()
    if accredited is None or not tokens.is_token_of_release(token, accredited, article_pk):
        raise Http404
    rows = for_page(Article.objects.filter(kind=Kind.RELEASE, publish_at__isnull=False))
    row = rows.filter(pk=article_pk).first()
    if row is None:
        raise Http404
    return ShownArticle.of(row)
