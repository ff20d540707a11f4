"""Photographs in petitions: added by the author to a draft, removed by moderators with a reason."""
