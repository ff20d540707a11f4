"""Consultations for programs: what the pages show, under the same rules."""
