"""Identity: assurance levels, identity providers, one account for one person."""
