"""A petition away from its page: the picture that goes with a link, and a sheet to hang up.

Both are set by typst in Libertinus, which comes inside its wheel and has all of Ukrainian: they
look alike on every machine, whatever fonts it has. What a petition says is data: nothing in it is
read as markup.
"""
