"""The council's Telegram channel: messages are sent, nothing is received."""
