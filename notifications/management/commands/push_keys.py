"""manage.py push_keys: a new pair of keys for web push."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from notifications.channels.push.keys import make_pair


class Command(BaseCommand):
    help = (
        "Prints a new VAPID_PRIVATE_KEY for the environment, and its public part. Whoever changes "
        "the key has every browser subscribe anew."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        private, public = make_pair()
        self.stdout.write(f"VAPID_PRIVATE_KEY={private}")
        self.stdout.write(f"# its public part, which browsers are told: {public}")
