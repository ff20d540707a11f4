"""What became of every remark: its number, the council's disposition and its reason."""
