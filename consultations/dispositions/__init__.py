"""Dispositions of remarks: number, the council's disposition and its reason."""
