"""The evidence bundle of a procedure: one ZIP by which a court can see how it was held."""
