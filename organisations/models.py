"""Businesses and other organisations, who may act for them, and how both came about."""

from organisations.confirming.models import Amendment, PostedCode
from organisations.mandates.models import Invitation, Mandate, MandatePower
from organisations.registering.models import Organisation

__all__ = ["Amendment", "Invitation", "Mandate", "MandatePower", "Organisation", "PostedCode"]
