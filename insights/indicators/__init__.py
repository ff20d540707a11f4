"""Indicators: what the city measures of itself, goals, the founding table, the yearly report."""
