"""The applicant's side of appeals: filing one, and following it by an account or a secret."""
