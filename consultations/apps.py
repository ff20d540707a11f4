"""The app `consultations`: consultations on draft decisions."""

from django.apps import AppConfig

from accounts.staff.grant_targets import GrantTargetKind


class ConsultationsConfig(AppConfig):
    name = "consultations"
    grant_targets = (
        GrantTargetKind("consultation", "consultations.Consultation", is_talked_about=True),
    )
