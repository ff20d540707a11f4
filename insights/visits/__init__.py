"""Visits: distinct readers of a month and of a day, without cookies and without their addresses."""
