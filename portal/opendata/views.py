"""Views of open data: the catalogue and each dataset as pages, and as files for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import http_date, parse_etags
from django.views.decorators.http import require_safe

from accounts.limits import HOUR, Limit
from core.domain.rules import require
from core.export.csv import as_csv, as_jsonl
from core.web.client_ip import client_groups
from core.web.pages import shared_page
from portal.opendata.catalogue import FILES, TITLE, WORDS, catalogue, describe_dataset, file_url
from portal.opendata.datasets import Dataset
from portal.opendata.registry import DATASETS, load_dataset
from portal.opendata.schemas import schema_of, schema_url

#: Downloads by one client: all files of the catalogue three times.
DOWNLOADS = Limit("open-data", 60, HOUR)
#: What scripts of other sites may read of an answer.
_HEADERS = "ETag, Last-Modified, Content-Disposition, Link, Retry-After"

View = Callable[..., HttpResponseBase]


def open_to_scripts(view: View) -> View:
    """Add CORS headers for scripts of any site: nothing in the answers depends on who asks."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = _HEADERS
        return response

    return wrapper


def _never(**_parameters: Any) -> list[str]:
    """They change with the code and the council's own data alone."""
    return []


def _all_topics(**_parameters: Any) -> set[str]:
    return {topic for each in DATASETS for topic in each.topics if not topic.endswith(":")}


# --- Pages ----------------------------------------------------------------------------------------


@require_safe
@shared_page(_never)
def list_datasets(request: HttpRequest) -> HttpResponse:
    """Datasets, and their licence. Anybody."""
    context = {
        "datasets": [{"dataset": each, "files": _files(each)} for each in DATASETS],
        "title": TITLE,
        "words": WORDS,
        "licence": settings.OPEN_DATA_LICENCE,
    }
    return render(request, "portal/opendata/catalogue.html", context)


@require_safe
@shared_page(_never)
def show_dataset(request: HttpRequest, slug: str) -> HttpResponse:
    """A dataset, column by column. Anybody."""
    dataset = load_dataset(slug)
    first, last = dataset.times()
    context = {
        "dataset": dataset,
        "files": _files(dataset),
        "schema_url": schema_url(dataset),
        "first": first,
        "last": last,
        "licence": settings.OPEN_DATA_LICENCE,
    }
    return render(request, "portal/opendata/dataset.html", context)


def _files(dataset: Dataset) -> list[tuple[str, str]]:
    return [(name, file_url(dataset, kind)) for kind, (name, *_rest) in FILES.items()]


# --- Files ----------------------------------------------------------------------------------------


@open_to_scripts
@require_safe
@shared_page(_all_topics)
def catalogue_file(request: HttpRequest) -> HttpResponse:
    """The catalogue by DCAT-AP. Anybody."""
    return _json(catalogue(DATASETS), "application/ld+json")


@open_to_scripts
@require_safe
@shared_page(_all_topics)
def dataset_file(request: HttpRequest, slug: str) -> HttpResponse:
    """A dataset by DCAT-AP. Anybody."""
    return _json(describe_dataset(load_dataset(slug)), "application/ld+json")


@open_to_scripts
@require_safe
@shared_page(_never)
def schema_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Columns of the file, by JSON Schema. Anybody."""
    return _json(schema_of(load_dataset(slug)), "application/schema+json")


@open_to_scripts
@require_safe
def rows_file(request: HttpRequest, slug: str, kind: str) -> HttpResponseBase:
    """All its rows; 304 for whoever has them, which like HEAD is no download. Anybody."""
    dataset = load_dataset(slug)
    etag = f'W/"{dataset.etag(kind)}-{settings.VERSION}"'
    response: HttpResponseBase
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponse(status=304)
    else:
        if request.method == "GET":
            require(DOWNLOADS.spend_client(client_groups(request)))
        last = dataset.times()[1]
        response = _rows(dataset, kind)
        if request.method == "HEAD":
            response = StreamingHttpResponse((), headers=response.headers)  # of no told length
        if last:
            response.headers["Last-Modified"] = http_date(last.timestamp())
        response.headers["Link"] = f'<{schema_url(dataset)}>; rel="describedby"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def _rows(dataset: Dataset, kind: str) -> HttpResponseBase:
    name = f"{dataset.slug}.{kind}"
    if kind == "csv":
        return as_csv(dataset.names, map(_cells, dataset.rows()), name)
    return as_jsonl(_objects(dataset), name)


def _cells(row: Any) -> Iterator[Any]:
    """Values as CSV has them: yes and no as JSON writes them."""
    return (str(value).lower() if isinstance(value, bool) else value for value in row)


def _objects(dataset: Dataset) -> Iterator[dict[str, Any]]:
    names = dataset.names
    return (dict(zip(names, row, strict=True)) for row in dataset.rows())


def _json(found: dict[str, Any], kind: str) -> HttpResponse:
    body = json.dumps(found, ensure_ascii=False, indent=1)
    return HttpResponse(body, content_type=f"{kind}; charset=utf-8")
