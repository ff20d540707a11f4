"""The WSGI application of pages: ``granian --interface wsgi config.wsgi:application``."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
pages = get_wsgi_application()

from django.conf import settings  # noqa: E402 - Django is set up first
from django.urls import get_resolver  # noqa: E402

from consultations.outages import beats  # noqa: E402
from core.web.requests import PageRequest  # noqa: E402
from core.web.slow_bodies import WsgiFront  # noqa: E402

#: Threads of a process, where bin/serve is not told another number.
THREADS = 8

pages.request_class = PageRequest

# The table of addresses brings all the code that pages run. What is loaded by now, some 200,000
# objects, lives as long as the process: a full collection of garbage that looked through it each
# time held everybody up for tenths of a second, once in a thousand requests or so.
_loaded = get_resolver().url_patterns
gc.collect()
gc.freeze()

if settings.PAGE_BEATS:
    beats.start()

application = WsgiFront(pages, threads=int(os.environ.get("THREADS") or THREADS))
