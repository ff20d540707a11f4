"""Ways to tell people besides mail, and what comes back of mails."""
