"""The first page: what one can do now, what moves, what the council did, what is near."""
