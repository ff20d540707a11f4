"""A city's own OpenID Connect provider, made of allauth's: a stranger's program to Viche.

It shares nothing with the product but the machine: settings, people and tables of its own.
"""
