"""Sheets to print and pictures of links, set by typst.

All are set by typst in Libertinus, which comes inside its wheel and has all of Ukrainian: they look
alike on every machine, whatever fonts it has. What a thing says is data: nothing in it is read as
markup.
"""
