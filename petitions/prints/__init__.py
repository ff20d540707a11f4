"""A petition away from its page: the picture that goes with a link, and a sheet to hang up."""
