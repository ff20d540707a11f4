"""The mail server and the sender."""

from __future__ import annotations

from pathlib import Path

from config.settings.base import BASE_DIR, DEBUG, env
from config.settings.city import CITY

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
#: Empty: mails come from the council by its name and e-mail (core/web/mail.py).
FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="")
DEFAULT_FROM_EMAIL = FROM_EMAIL or f"{CITY['council']} <{CITY['email']}>"
