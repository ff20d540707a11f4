"""Measures of indicators: a module for each app whose work is measured."""
