"""Digests: what happened in a day or a week to what somebody follows, in one letter."""
