"""Anchors of the audit log: what attests the head of a day outside of this database.

Time-stamps of an authority (RFC 3161) and the council's electronic seal (docs/adr/0095).
"""
