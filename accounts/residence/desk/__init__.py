"""The office: people are found, registered, checked; letters and sheets are printed."""
