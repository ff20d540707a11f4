"""Residence: declared, checked by a letter, at an office or by a provider, renewed, ended.

Also the office desk for people (/desk/people/): one looks at a document and records what it proves.
"""
