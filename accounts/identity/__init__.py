"""Who somebody really is: assurance levels, identity providers, one account for one person."""
