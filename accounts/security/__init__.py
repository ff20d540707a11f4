"""Second factors, the gate before staff pages, proving again that it is you, sessions."""
