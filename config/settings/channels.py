"""Bounces, web push, the council's channel (docs/channels.md)."""

from __future__ import annotations

from config.settings.base import env

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


#: Sockets that one session may hold, and one address (a hall shares one).
LIVE_SOCKETS_PER_SESSION = env.int("LIVE_SOCKETS_PER_SESSION", default=20)
LIVE_SOCKETS_PER_ADDRESS = env.int("LIVE_SOCKETS_PER_ADDRESS", default=2000)
#: This ASGI server serves sockets alone (production): it answers HTTP with 421.
LIVE_ONLY = env.bool("LIVE_ONLY", default=False)
