"""Things away from their pages: the picture that goes with a link, sheets to hang up.

All are set by typst in Libertinus, which comes inside its wheel and has all of Ukrainian: they look
alike on every machine, whatever fonts it has. What a thing says is data: nothing in it is read as
markup.
"""
