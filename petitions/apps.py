"""The app `petitions`: electronic petitions."""

from django.apps import AppConfig

from accounts.staff.grant_targets import GrantTargetKind


class PetitionsConfig(AppConfig):
    name = "petitions"
    grant_targets = (
        GrantTargetKind(
            "petition",
            "petitions.Petition",
            {"submitted_at__isnull": False},
            is_talked_about=True,
        ),
    )
