"""The carrying of remarks from one version of a draft to the next."""
