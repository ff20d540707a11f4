"""Rights over one's data: what was asked for, and who of the council looked."""
