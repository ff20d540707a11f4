"""Petitions as programs read and sign them."""
