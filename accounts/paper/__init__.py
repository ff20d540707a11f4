"""Codes on paper: letters, sheets of codes, codes that are copied by hand."""
