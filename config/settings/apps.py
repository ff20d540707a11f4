"""Applications, middleware, templates."""

from __future__ import annotations

from config.settings.base import BASE_DIR, DEBUG, DEMO, METRICS_ALLOWED

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "procrastinate.contrib.django",
    "channels",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "core",
    "city",
    "sealing",
    "accounts",
    "organisations",
    "tokens",
    "discussions",
    "drafts",
    "votes",
    "appeals",
    "petitions",
    "consultations",
    "meetings",
    "newsroom",
    "records",
    "moderation",
    "notifications",
    "insights",
    "realtime",
    "search",
    "operation",
    "portal",
    *(["demo"] if DEMO else []),
]
MIDDLEWARE = [
    "core.web.middleware.request_id.RequestId",
    *(["core.web.middleware.measured.Measured"] if METRICS_ALLOWED else []),
    "core.web.middleware.outage.DatabaseAway",
    *(["core.web.middleware.packed.Packed"] if DEBUG else []),
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "core.web.middleware.sent_by_page.SentByPage",
    "core.web.middleware.language.LanguageFromPath",
    "core.web.middleware.readable.Readable",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.security.gate.StaffGate",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    *(["core.web.middleware.not_found.NotFoundPage"] if DEBUG else []),
    "core.web.middleware.cache_control.PrivateWithSession",
    "core.web.middleware.refusal.RefusalPage",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.web.context.city",
            ],
            "builtins": ["core.templatetags.languages", "core.templatetags.forms"],
        },
    }
]
FORM_RENDERER = "core.web.forms.Renderer"
MESSAGE_STORAGE = "core.web.messages.UniqueMessages"
