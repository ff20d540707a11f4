"""Businesses and other organisations, who may act for them, and how both came about."""

from organisations.models.checks import Amendment, PostedCode
from organisations.models.mandates import Invitation, Mandate, MandatePower
from organisations.models.organisations import Organisation

__all__ = ["Amendment", "Invitation", "Mandate", "MandatePower", "Organisation", "PostedCode"]
