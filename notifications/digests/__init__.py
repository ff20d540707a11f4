"""Digests: one mail of what happened in a day or a week to what a person follows."""
