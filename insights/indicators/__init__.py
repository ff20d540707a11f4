"""Indicators of the city's work with residents, goals, the founding table, the yearly report."""
