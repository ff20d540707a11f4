"""Every setting of Viche, read from the environment once. docs/deploy.md lists the variables."""

from __future__ import annotations

import os
import tomllib
from datetime import timedelta
from pathlib import Path

import environ
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from accounts.identity import configuration
from core.db import connections, roles
from core.web import log_context

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- The installation -------------------------------------------------------------------------

#: Shown in the footer, at /healthz and by `viche release`.
VERSION = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"][
    "version"
]
DEBUG = env.bool("DEBUG", default=False)
#: The demo city may be loaded, demo logins shown, demo mails read.
DEMO = env.bool("DEMO", default=DEBUG)
#: Whether DEBUG shows Django's 404 with all routes (core.web.middleware.not_found).
TECHNICAL_404 = env.bool("TECHNICAL_404", default=False)
SECRET_KEY = env(
    "SECRET_KEY", default="demo-key-that-bin/serve-refuses" if DEBUG else environ.Env.NOTSET
)
#: Former keys, after a change of it: the secrets of second factors can still be read.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
#: The public address, for links in mails and feeds and for the origin check of sockets.
SITE_URL = env("SITE_URL", default=f"http://localhost:{env('PORT', default='8000')}").rstrip("/")
#: Where browsers open their sockets; empty: the page's own origin, under /live/.
LIVE_URL = env("LIVE_URL", default="")
#: Addresses of proxies whose X-Forwarded-For is believed.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
SECURE = SITE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL] if SECURE else [])

#: The council as it is before its first administrator edits it at /desk/city/: the migration that
#: makes its row takes names, contacts and arms from here, once (city/migrations,
#: core/domain/council.py).
CITY = {
    "name": env("CITY_NAME", default="Рудногірськ"),
    "name_locative": env("CITY_NAME_LOCATIVE", default="Рудногірську"),
    "council": env("CITY_COUNCIL", default="Рудногірська міська рада"),
    "arms": env("CITY_ARMS", default="img/arms.svg"),
    #: A static file of the installation's own, linked beside the colours of the row.
    "stylesheet": env("CITY_STYLESHEET", default=""),
    "address": env("CITY_ADDRESS", default="пл. Рудникова, 1, м. Рудногірськ"),
    "phone": env("CITY_PHONE", default="(000) 000-00-00"),
    "email": env("CITY_EMAIL", default="rada@viche.example"),
    "website": env("CITY_WEBSITE", default=""),
    #: Settlements of the community, and its region (""), as identity providers name them
    #: (accounts/identity/locality.py). No settlement: no provider confirms where people live. None:
    #: the one of the council's row.
    "localities": env.list(
        "CITY_LOCALITIES", default=[env("CITY_NAME")] if env("CITY_NAME", default="") else None
    ),
    "state": env("CITY_STATE", default=""),
    #: The community in the codifier of 2020 (КАТОТТГ), and the council in the register of legal
    #: entities, for the catalogue of open data; "": left out. portal/opendata/checks.py reads them.
    "katottg": env("CITY_KATOTTG", default=""),
    "edrpou": env("CITY_EDRPOU", default=""),
}
#: Under which licence the open data at /data/ are given, by its address.
OPEN_DATA_LICENCE = env("OPEN_DATA_LICENCE", default="https://creativecommons.org/licenses/by/4.0/")

#: Addresses or networks that may read /metrics; none: nothing is measured.
METRICS_ALLOWED = env.list("METRICS_ALLOWED", default=[])
#: What this process is for, among the figures: bin/serve says so.
PROCESS = env("VICHE_PROCESS", default="other")
#: Whether processes that serve pages say so each minute, and a gap is an outage: under bin/serve. A
#: demo that is stopped for the night was not away (consultations/outages/beats.py).
PAGE_BEATS = env.bool("PAGE_BEATS", default=PROCESS in ("pages", "jobs"))

# --- Applications -----------------------------------------------------------------------------

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
    "moderation",
    "notifications",
    "insights",
    "realtime",
    "search",
    "portal",
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
            "builtins": ["core.templatetags.languages", "core.templatetags.idempotency"],
        },
    }
]
FORM_RENDERER = "core.web.forms.Renderer"

# --- PostgreSQL: the only server ----------------------------------------------------------------

#: PostgreSQL itself, where DATABASE_URL leads to a pooler: signals are listened to there, and
#: bin/serve gives it to jobs and migrations. Empty: DATABASE_URL is PostgreSQL.
LIVE_DATABASE_URL = env("LIVE_DATABASE_URL", default="")
#: DATABASE_URL leads to PgBouncer in its transaction mode: nothing may stay with a connection from
#: one transaction to the next (docs/deploy.md, Behind PgBouncer).
PGBOUNCER = env.bool("PGBOUNCER", default=False)
_application = env.db("DATABASE_URL", default="postgres:///viche")
#: The address of the owner of the audit log, given to migrations and to the commands about that log
#: alone: they act as the application all the same (core/db/roles.py, ADR 57).
OWNER_DATABASE_URL = roles.read_owner_url(
    env("OWNER_DATABASE_URL", default=""), env("OWNER_DATABASE_URL_FILE", default="")
)
#: Whether this installation has an owner, be this process its or not.
HAS_OWNER = bool(OWNER_DATABASE_URL or env("OWNER_DATABASE_URL_FILE", default=""))
_database = env.db_url_config(OWNER_DATABASE_URL) if OWNER_DATABASE_URL else _application
_role = roles.acting_role(_database, _application)
DATABASES = {
    "default": {
        **_database,
        "ENGINE": "django.db.backends.postgresql",
        "OPTIONS": {
            **_database.get("OPTIONS", {}),
            # One pool a process: a new connection costs 5 ms.
            "pool": {
                "min_size": 1,
                "max_size": env.int("DATABASE_POOL", default=12),
                "timeout": 5,
                "check": connections.check,
            },
            # Without a threshold Django's psycopg prepares nothing (docs/adr/0006).
            "prepare_threshold": 3,
            "server_side_binding": True,
            "connect_timeout": 5,
            "application_name": connections.APPLICATION_NAME,
            # PgBouncer refuses them: the role has them there (bin/serve --prepare checks it).
            **(
                {}
                if PGBOUNCER
                else {
                    "options": "-c lock_timeout=5s -c statement_timeout=60s"
                    " -c idle_in_transaction_session_timeout=60s"
                    + (f" -c role={_role}" if _role else "")
                }
            ),
        },
        "DISABLE_SERVER_SIDE_CURSORS": PGBOUNCER,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    # Limits that must hold across processes, on an UNLOGGED table (core/migrations).
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
    # Only what can be recomputed.
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "viche"},
}

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_IMPORT_PATHS = [
    "core.domain.jobs",
    "core.audit_log.jobs",
    "insights.panel.jobs",
    "insights.visits.jobs",
    "notifications.channels.jobs",
    "portal.audit.jobs",
]

# --- People -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
# allauth's alone: with Django's beside it every wrong password would be hashed twice.
AUTHENTICATION_BACKENDS = ["accounts.security.backend.Backend"]
PASSWORD_HASHERS = ["accounts.passwords.CappedArgon2"]
#: Hashes that run at once on this machine (19 MiB each), how many may wait, and how long (s).
PASSWORD_HASHES_AT_ONCE = env.int("PASSWORD_HASHES_AT_ONCE", default=min(os.cpu_count() or 1, 8))
PASSWORD_HASHES_WAITING = env.int("PASSWORD_HASHES_WAITING", default=2 * PASSWORD_HASHES_AT_ONCE)
PASSWORD_HASH_PATIENCE = 2.0
#: The files of the semaphore (core.web.semaphore); the same for all processes of a machine.
SEMAPHORE_FOLDER = env("SEMAPHORE_FOLDER", default="")
#: Where the unit listens that converts .doc and .odt (deploy/viche-convert.socket, ADR 43).
CONVERTER_SOCKET = env("CONVERTER_SOCKET", default="/run/viche-convert/socket")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "accounts.passwords.ShortEnough"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:me"
#: The same for whoever works for the council.
DESK_URL = "portal:desk"
LOGOUT_REDIRECT_URL = "portal:home"

_code_minutes = 15
ACCOUNT_ADAPTER = "notifications.sending.adapter.QueuedMail"
USERSESSIONS_ADAPTER = "accounts.adapter.SessionsAdapter"
ACCOUNT_FORMS = {
    "add_email": "accounts.people.forms.ChangeEmailForm",
    "change_password": "accounts.people.forms.ChangePasswordForm",
    "confirm_email_verification_code": "accounts.people.forms.ConfirmEmailForm",
    "confirm_login_code": "accounts.people.forms.ConfirmSignInForm",
    "confirm_password_reset_code": "accounts.people.forms.ConfirmResetForm",
    "login": "accounts.people.forms.SignInForm",
    "reauthenticate": "accounts.people.forms.ReauthenticateForm",
    "request_login_code": "accounts.people.forms.CodeRequestForm",
    "reset_password": "accounts.people.forms.PasswordResetForm",
    "reset_password_from_key": "accounts.people.forms.NewPasswordForm",
    "set_password": "accounts.people.forms.SetPasswordForm",
    "signup": "accounts.people.forms.SignUpForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
# Without "password1" allauth takes the password out of the form of signing in, too; the form of
# signing up drops it (ADR 119).
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = _code_minutes * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = _code_minutes * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = _code_minutes * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_TIMEOUT = 2 * _code_minutes * 60
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
# Ours count instead (accounts/limits.py): one statement each, exact under parallel requests.
ACCOUNT_RATE_LIMITS = False
# Digits: no keyboard has to be switched to Latin. 5 tries at 10 mails an hour against 10^8 codes.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}

# Second factors: offered to all, demanded of staff (accounts/security/).
MFA_ADAPTER = "accounts.security.adapter.FactorsAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "accounts.security.forms.FactorForm",
    "authenticate_webauthn": "accounts.security.forms.PasskeyAlongForm",
    "login_webauthn": "accounts.security.forms.PasskeyAloneForm",
    "reauthenticate": "accounts.security.forms.FactorAgainForm",
    "reauthenticate_webauthn": "accounts.security.forms.PasskeyAgainForm",
}
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RATE_LIMITS = False
#: Hours for which a second factor counts in a session; then staff show it again.
SECOND_FACTOR_HOURS = env.int("SECOND_FACTOR_HOURS", default=12)

SESSION_ENGINE = "accounts.security.store"
SESSION_COOKIE_AGE = int(timedelta(days=30).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "core.web.messages.UniqueMessages"

# --- Identity -----------------------------------------------------------------------------------

#: Keys the hashes of РНОКПП (accounts/identity/keys.py); whoever changes it forgets who is who.
PERSON_KEY_SECRET = env(
    "PERSON_KEY_SECRET",
    default="demo-persons-that-bin/serve-refuses" if DEBUG else environ.Env.NOTSET,
)
#: Days for which a check of somebody's identity counts; so many before, people are reminded.
IDENTITY_DAYS = env.int("IDENTITY_DAYS", default=2 * 365)
IDENTITY_REMIND_DAYS = env.int("IDENTITY_REMIND_DAYS", default=30)
#: Who checks people for us: docs/identity.md.
IDENTITY_PROVIDERS = configuration.providers(
    openid=env("IDENTITY_PROVIDERS", default=""),
    idgov={
        "url": env("IDGOV_URL", default=""),
        "client_id": env("IDGOV_CLIENT_ID", default=""),
        "secret": env("IDGOV_CLIENT_SECRET", default=""),
        "auth_types": env("IDGOV_AUTH_TYPES", default=configuration.AUTH_TYPES),
    },
)
SOCIALACCOUNT_ADAPTER = "accounts.identity.adapter.SocialAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False

# --- Residence and paper ------------------------------------------------------------------------

#: Days for which a checked residence counts, by its basis; then it is renewed.
RESIDENCE_DAYS = {
    "registered": env.int("RESIDENCE_DAYS", default=3 * 365),
    "displaced": env.int("RESIDENCE_DAYS_DISPLACED", default=365),
}
#: So many days before, people are reminded.
RESIDENCE_REMIND_DAYS = env.int("RESIDENCE_REMIND_DAYS", default=30)
#: Days for which the code of a letter works, from its printing.
LETTER_DAYS = env.int("LETTER_DAYS", default=45)
#: Days for which a sheet of codes for people without e-mail works.
PAPER_SHEET_DAYS = env.int("PAPER_SHEET_DAYS", default=2 * 365)
#: Where the window of the council's envelopes is: right or left.
LETTER_WINDOW = env("LETTER_WINDOW", default="right")
#: People whom one officer may check by lists in a day alone; more wait for a second officer.
CHECKS_ALONE = env.int("CHECKS_ALONE", default=5)

# --- Language and time --------------------------------------------------------------------------

LANGUAGE_CODE = "uk"
LANGUAGES = [("uk", _("Ukrainian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Kyiv"

# --- Files --------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [
    BASE_DIR / "static",
    # From npm, served as they are.
    ("govuk", BASE_DIR / "node_modules/govuk-frontend/dist/govuk"),
    ("htmx", BASE_DIR / "node_modules/htmx.org/dist"),
    # MapLibre and pmtiles, gathered by bin/cli/install.py.
    ("map", BASE_DIR / "node_modules/.viche-map"),
]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(BASE_DIR / ".local/media")))
#: The council's map tiles, a PMTiles file; "": maps/city.pmtiles below MEDIA_ROOT (docs/maps.md).
MAP_TILES = env("MAP_TILES", default="")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "core.web.static.KnownFiles"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# --- Mail ---------------------------------------------------------------------------------------

#: smtp+tls://user:password@host:587, smtp+ssl://…, consolemail://; without it, with DEBUG, mails
#: are kept in MAIL_KEPT_AT and read at /dev/mail/.
_mail = env.email_url("EMAIL_URL", default="consolemail://")
MAIL_KEPT_AT = Path(env("MAIL_KEPT_AT", default=str(BASE_DIR / ".local/mail")))
MAILERS: dict[str, dict[str, object]]
if DEBUG and not env("EMAIL_URL", default=""):
    MAILERS = {"default": {"BACKEND": "notifications.sending.mailbox.KeptMail"}}
elif "smtp" not in _mail["EMAIL_BACKEND"]:
    MAILERS = {"default": {"BACKEND": _mail["EMAIL_BACKEND"]}}
else:
    MAILERS = {
        "default": {
            "BACKEND": _mail["EMAIL_BACKEND"],
            "OPTIONS": {
                "host": _mail["EMAIL_HOST"],
                "port": _mail["EMAIL_PORT"] or 25,
                "username": _mail["EMAIL_HOST_USER"] or "",
                "password": _mail["EMAIL_HOST_PASSWORD"] or "",
                "use_tls": _mail.get("EMAIL_USE_TLS", False),
                "use_ssl": _mail.get("EMAIL_USE_SSL", False),
                "timeout": 20,
            },
        }
    }
#: Empty: mails come from the council by its name and e-mail (core/domain/mail.py).
FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="")
DEFAULT_FROM_EMAIL = FROM_EMAIL or f"{CITY['council']} <{CITY['email']}>"

# --- Moderation ---------------------------------------------------------------------------------

#: Days for which an author may contest that their words were hidden.
MODERATION_CONTEST_DAYS = env.int("MODERATION_CONTEST_DAYS", default=10)
#: Minutes for which a moderator holds what they have taken to read.
MODERATION_CLAIM_MINUTES = env.int("MODERATION_CLAIM_MINUTES", default=20)

# --- Pages for everybody ------------------------------------------------------------------------

#: Seconds for which a shared page may be shown as it was rendered while its topics'
#: counters stand still (core/web/pages.py). 0: render each time.
SHARED_PAGE_SECONDS = env.float("SHARED_PAGE_SECONDS", default=1.0)
#: Seconds for which a process takes the council's row for current where nothing has told it the
#: counter of its topic (core/domain/council.py).
COUNCIL_SECONDS = 1.0

# --- Meetings -----------------------------------------------------------------------------------

#: Seconds after which the code on a hall's display is another one; each is good for twice as long.
HALL_CODE_SECONDS = env.int("HALL_CODE_SECONDS", default=30)

# --- Discussion ---------------------------------------------------------------------------------

#: Remarks and replies that one person may write in an hour (consultations/remarks/limits.py).
REMARKS_PER_HOUR = env.int("REMARKS_PER_HOUR", default=60)

# --- Appeals ------------------------------------------------------------------------------------

#: When the office of the council closes: what comes later is registered on the next working day
#: (КМУ 348 п. 2).
OFFICE_CLOSES_AT = env("OFFICE_CLOSES_AT", default="17:00")

# --- Petitions ----------------------------------------------------------------------------------

#: Signatures of one petition within a window beyond which the next ones wait for a check by staff
#: (petitions/defence/suspicions.py says why so many): (how many, in which time). 0: no limit.
SIGNING_LIMITS = {
    "address": (env.int("SIGNATURES_PER_ADDRESS", default=200), timedelta(days=1)),
    "network": (env.int("SIGNATURES_PER_NETWORK", default=500), timedelta(days=1)),
    "domain": (env.int("SIGNATURES_PER_DOMAIN", default=200), timedelta(days=1)),
    "petition": (env.int("SIGNATURES_PER_HOUR", default=3000), timedelta(hours=1)),
}
#: So many marks within ten minutes raise a petition's guard (petitions/defence/guarding.py).
GUARD_AT = env.int("GUARD_AT", default=30)
#: Rounds of PBKDF2 for each of the 150 to 300 tries of a proof of work.
PROOF_COST = env.int("PROOF_COST", default=2000)
#: Domains of mailboxes that anybody takes for ten minutes, one a line; "": none is suspected.
DISPOSABLE_DOMAINS_FILE = env(
    "DISPOSABLE_DOMAINS_FILE", default=str(BASE_DIR / "petitions/defence/disposable.txt")
)
#: What providers of mailboxes say of their addresses, and relays (petitions/signing/mailbox.py).
MAILBOX_RULES_FILE = env(
    "MAILBOX_RULES_FILE", default=str(BASE_DIR / "petitions/signing/mailbox_rules.toml")
)
#: Hours for which the link of a signature by mail works.
SIGNATURE_LINK_HOURS = env.int("SIGNATURE_LINK_HOURS", default=48)

# --- Channels (docs/channels.md) ------------------------------------------------------------------

#: Where mails that cannot be delivered come back; each mail has an address of its own, with + after
#: the local part. Empty: none is read.
BOUNCE_ADDRESS = env("BOUNCE_ADDRESS", default="")
#: The mailbox in which they arrive. Reports are deleted from it.
BOUNCE_IMAP = {
    "host": env("BOUNCE_IMAP_HOST", default=""),
    "port": env.int("BOUNCE_IMAP_PORT", default=993),
    "user": env("BOUNCE_IMAP_USER", default=""),
    "password": env("BOUNCE_IMAP_PASSWORD", default=""),
    "folder": env("BOUNCE_IMAP_FOLDER", default="INBOX"),
    "is_secure": env.bool("BOUNCE_IMAP_TLS", default=True),
}
#: The private key of web push (manage.py push_keys); empty: browsers are not told.
VAPID_PRIVATE_KEY = env("VAPID_PRIVATE_KEY", default="")
#: Push services that are asked: hosts, or *.host for all below one.
PUSH_SERVICES = env.list(
    "PUSH_SERVICES",
    default=[
        "updates.push.services.mozilla.com",
        "fcm.googleapis.com",
        "web.push.apple.com",
        "*.push.apple.com",
        "*.notify.windows.com",
    ],
)
#: The council's Telegram channel, "@name", and the bot that writes in it; empty: none.
TELEGRAM_BOT_TOKEN = env("TELEGRAM_BOT_TOKEN", default="")
TELEGRAM_CHANNEL = env("TELEGRAM_CHANNEL", default="")
TELEGRAM_API = env("TELEGRAM_API", default="https://api.telegram.org").rstrip("/")

# --- Anchors of the audit log (docs/deploy.md) ----------------------------------------------------

#: The authority that stamps the head of each day (RFC 3161); empty: none is asked.
TIMESTAMP_URL = env("TIMESTAMP_URL", default="")
#: A PEM file of root certificates, to one of which the authority's is to lead; "": not checked.
TIMESTAMP_ROOTS = env("TIMESTAMP_ROOTS", default="")

# --- Visits ---------------------------------------------------------------------------------------

#: Seconds after which a process merges the visitors that it counted into the database: so much is
#: lost where it is killed (insights/visits/counting.py). 0: when it is told to.
VISITS_FLUSH_SECONDS = env.float("VISITS_FLUSH_SECONDS", default=30.0)

# --- Rights over data -----------------------------------------------------------------------------

#: Downloads of one's own data wait here for their owner; no server may show this folder.
PRIVATE_ROOT = Path(env("PRIVATE_ROOT", default=str(BASE_DIR / ".local/private")))
#: The server's own keys of secret polls: a folder of the unit viche-keys, nobody else's to read.
BALLOT_KEYS_ROOT = Path(env("BALLOT_KEYS_ROOT", default=str(BASE_DIR / ".local/ballot-keys")))


def _retention_days(name: str, days: int) -> timedelta:
    return timedelta(days=env.int(f"KEEP_{name}_DAYS", default=days))


#: How long what is kept, by kind (accounts/data/register.py: PersonalData.period; docs/privacy.md).
RETENTION = {
    # A sign-up whose code was never entered.
    "unconfirmed": _retention_days("UNCONFIRMED", 2),
    "sessions": timedelta(seconds=SESSION_COOKIE_AGE),
    # A download of one's own data, from when it is ready; that there was one, for as long again.
    "exports": timedelta(hours=env.int("KEEP_EXPORT_HOURS", default=72)),
    # A bundle of evidence about a consultation, from when it is ready: its file.
    "evidence": _retention_days("EVIDENCE", 7),
    # Who of the council looked at one's data.
    "looks": _retention_days("LOOKS", 3 * 365),
    # Ids of who did what.
    "trace": _retention_days("TRACE", 3 * 365),
    # Agreements of accounts that were erased.
    "agreements": _retention_days("AGREEMENTS", 3 * 365),
    # Tokens that have expired or were revoked.
    "tokens": _retention_days("TOKENS", 90),
    # Suspensions that have ended.
    "suspensions": _retention_days("SUSPENSIONS", 365),
    # Checks of identity and residences that have ended.
    "verifications": _retention_days("VERIFICATIONS", 3 * 365),
    "residences": _retention_days("RESIDENCES", 365),
    # By what somebody who has erased their account is recognised, if anything of theirs still
    # counts: as long as the records that it counts in (law 3841-IX).
    "person_keys": _retention_days("PERSON_KEYS", 5 * 365),
    # The street and the house: once the check is done (0: at once), and when no check comes.
    "addresses": _retention_days("ADDRESSES", 0),
    "unchecked_addresses": _retention_days("UNCHECKED_ADDRESSES", 180),
    # From whom an appeal came, from its ending on (the list of kinds of documents of 2012, № 578/5,
    # item 82: five years).
    "appeal_authors": _retention_days("APPEAL_AUTHORS", 5 * 365),
    # Who began a petition and erased their account later, from its publication: as long as its
    # record (law 393/96-ВР art. 23-1).
    "petition_authors": _retention_days("PETITION_AUTHORS", 3 * 365),
    # Contacts that participants of a consultation left, from its report on.
    "contacts": _retention_days("CONTACTS", 365),
    # Full names of erased accounts in published reports (law 3841-IX: archives of 5 years).
    "report_names": _retention_days("REPORT_NAMES", 5 * 365),
    # Who was in the hall of a meeting by its code, and whose hand was raised, from its close on.
    "hall": _retention_days("HALL", 7),
    # From which network and domain of mailboxes a petition was signed, once collecting has ended;
    # where its review begins, they go with that.
    "signature_traces": _retention_days("SIGNATURE_TRACES", 30),
    # To where who signed by mail was told what became of it, from the answer on; where none is due,
    # from the end of collecting.
    "signature_addresses": _retention_days("SIGNATURE_ADDRESSES", 365),
    # What they are called on the list of who signed, from the same day on: as long as its record.
    "signature_names": _retention_days("SIGNATURE_NAMES", 3 * 365 + 1),
    # Signatures by mail that nobody confirmed, once their link has stopped working.
    "unconfirmed_signatures": _retention_days("UNCONFIRMED_SIGNATURES", 1),
    # Invitations to act for an organisation, once their link has stopped working.
    "invitations": _retention_days("INVITATIONS", 90),
    # Remarks for organisations that nobody confirmed, once the consultation has closed.
    "waiting_remarks": _retention_days("WAITING_REMARKS", 90),
    # How to reach who wrote a letter and has no account, and its scan, from the close on.
    "received_contacts": _retention_days("RECEIVED_CONTACTS", 365),
    "received_scans": _retention_days("RECEIVED_SCANS", 5 * 365),
    # What people need in order to take part in a meeting, and that they registered for it: from its
    # end on.
    "accessibility_needs": _retention_days("ACCESSIBILITY_NEEDS", 7),
    "registrations": _retention_days("REGISTRATIONS", 365),
    # Accreditations of journalists, from the end of the term or from the refusal; applications
    # that nobody confirmed.
    "accreditations": _retention_days("ACCREDITATIONS", 365),
    "unconfirmed_accreditations": _retention_days("UNCONFIRMED_ACCREDITATIONS", 2),
    # Spreadsheets that were brought back, applied or not.
    "sheet_imports": timedelta(days=1),
    # Names and addresses on the list of a poll, once it has closed.
    "poll_lists": _retention_days("POLL_LISTS", 365),
    # That a mail was sent, so that it is not sent twice.
    "mails": _retention_days("MAILS", 365),
    # That mails to an address come back; then it is tried again.
    "bounces": _retention_days("BOUNCES", 365),
    # An e-mail address without an account that follows nothing any more.
    "stopped_followers": _retention_days("STOPPED_FOLLOWERS", 30),
    # Keys of forms that were carried out (core/web/idempotency.py).
    "idempotency_keys": timedelta(hours=24),
    # Words of a mail that could not be sent; jobs.
    "letters": timedelta(hours=1),
    # Mails over the budget of a mailbox, which the mail server did not take meanwhile.
    "held_mails": timedelta(days=2),
    "jobs": timedelta(days=30),
}

# --- Security -----------------------------------------------------------------------------------

# Older browsers do not count a socket of the same host as 'self'.
_live = [LIVE_URL or SITE_URL.replace("http", "ws", 1)]
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "connect-src": [CSP.SELF, *_live],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=SECURE)
#: A load balancer asks a process itself, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz(/jobs|/writes)?$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
X_FRAME_OPTIONS = "DENY"
#: Whose pages may show a display in a frame (/embed/… alone): origins, or * for everybody's.
EMBED_ORIGINS = env.list("EMBED_ORIGINS", default=["*"])

# --- Live ---------------------------------------------------------------------------------------

#: Sockets that one session may hold, and one address (a hall shares one).
LIVE_SOCKETS_PER_SESSION = env.int("LIVE_SOCKETS_PER_SESSION", default=20)
LIVE_SOCKETS_PER_ADDRESS = env.int("LIVE_SOCKETS_PER_ADDRESS", default=2000)
#: This ASGI server serves sockets alone (production): it answers HTTP with 421.
LIVE_ONLY = env.bool("LIVE_ONLY", default=False)

# --- API ----------------------------------------------------------------------------------------

# Parser, limits and language: core.api.views.ApiView.
REST_FRAMEWORK = {
    # The first decides how a refusal asks for a credential: 401 for a wrong token.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "tokens.authentication.BearerToken",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticatedOrReadOnly",
        "core.api.scopes.InScope",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_VERSIONING_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "core.api.schema.Schema",
    "EXCEPTION_HANDLER": "core.api.errors.answer_exception",
}
#: Requests a minute: of a person, or of an address (an IPv6 /64) that is not signed in.
API_LIMITS = {
    "read": env.int("API_READS_PER_MINUTE", default=600),
    "write": env.int("API_WRITES_PER_MINUTE", default=30),
}
_id = {"type": "integer", "format": "int64", "minimum": 1, "maximum": 2**63 - 1}
SPECTACULAR_SETTINGS = {
    "TITLE": _("Viche API"),
    "DESCRIPTION": _(
        "Consultations, petitions, polls and meetings of the city: what they are about, what "
        "people say and decide, and ways to take part."
    ),
    "VERSION": "1",
    "SERVERS": [{"url": SITE_URL}],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "PATH_CONVERTER_OVERRIDES": {"id": _id},
    "COMPONENT_SPLIT_REQUEST": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "MeetingStateEnum": "meetings.api.serializers.STATES",
        "MeetingKindEnum": "meetings.models.Kind",
        "ArticleKindEnum": "newsroom.models.Kind",
        "ItemStateEnum": "meetings.models.Item.State",
        "LogKindEnum": "meetings.models.LogEntry.Kind",
        "PaperBallotKindEnum": "meetings.models.PaperBallot.Kind",
        "SecretMatterEnum": "meetings.models.SecretMatter",
        "PetitionStateEnum": "petitions.api.serializers.STATES",
        "PollStateEnum": "votes.api.serializers.STATES",
        "QuestionKindEnum": "votes.models.Question.Kind",
        "RemarkKindEnum": "consultations.models.Remark.Kind",
        "ConsultationStateEnum": "consultations.models.State",
    },
    "DISABLE_DOCSTRING_DESCRIPTIONS": True,
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "portal.api_docs.complete_schemas",
    ],
}

# --- Operation ----------------------------------------------------------------------------------

#: Where ballots are shown and cast: no line, no id, no time and no report of a fault tells of a
#: request there (docs/adr/0024, 0040).
BALLOT_PATHS = (
    r"^/(en/)?(polls/\d+/(vote|code|check|codes\.txt)|desk/polls/\d+/opening"
    r"|api/v1/polls/\d+/(secret-)?ballot)(/|$)"
)
PROCRASTINATE_WORKER_DEFAULTS = {"worker_middleware": [log_context.mark_job]}
#: Where faults are reported, scrubbed of everything personal (core/web/fault_reports.py).
SENTRY_DSN = env("SENTRY_DSN", default="")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"text": {"()": "core.web.logs.Line"}, "json": {"()": "core.web.logs.JsonLine"}},
    "filters": {
        "without_secrets": {"()": "core.web.logs.WithoutSecrets"},
        "without_traces": {"()": "core.web.logs.WithoutTracesOfRefusals"},
        "without_ballots": {"()": "core.web.logs.WithoutBallots"},
        "with_ids": {"()": "core.web.logs.WithIds"},
        "ordinary_refusals": {"()": "core.web.logs.OrdinaryRefusals"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            #: text or json.
            "formatter": env("LOG_FORMAT", default="") or "text",
            "filters": ["without_secrets", "without_traces", "without_ballots", "with_ids"],
        }
    },
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", default="WARNING")},
    "loggers": {
        "django.request": {"filters": ["ordinary_refusals"]},
        # It writes addresses, and those of identity providers hold tokens.
        "urllib3": {"level": "WARNING"},
        # It writes what cameras add to photographs, which are of private appeals, too.
        "PIL": {"level": "WARNING"},
    },
}
