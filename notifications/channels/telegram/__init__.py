"""The council's Telegram channel: announcements go out, nothing is read in."""
