"""Roles offered by mail, which nobody holds until the person has arrived."""
