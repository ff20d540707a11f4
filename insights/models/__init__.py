"""Visits, indicators and panels."""
