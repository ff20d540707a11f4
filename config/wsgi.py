"""Pages in production: ``granian --interface wsgi config.wsgi:application``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from core.requests import PageRequest  # noqa: E402 - Django is set up first

application.request_class = PageRequest
