"""Grants for one consultation alone: what they are called, and which thread they reach."""

from __future__ import annotations

from accounts.staff import grant_targets as of_grants
from consultations.models import Consultation
from consultations.querysets import KIND
from discussions import grant_targets as of_threads

of_threads.register(of_threads.Kind(KIND, Consultation))
of_grants.register(of_grants.GrantTargetKind(KIND, Consultation))
