"""Sheets to print and pictures of links, set by typst.

All are set by typst in Arsenal, the typeface of pages (``fonts/``), and what it lacks in
Libertinus, which comes inside typst's wheel: they look alike on every machine, whatever fonts it
has. Official letters are in Libertinus alone, the face that an office expects of them (ADR 120).
What a thing says is data: nothing in it is read as markup.
"""
