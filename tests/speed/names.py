"""The names of the hot paths, for whoever may not import Django's models yet."""

#: Pages, each drawn from nothing, drawn anew from parts that are kept, kept, and kept for somebody
#: who is signed in.
PAGES = ("home", "consultation", "petition", "poll")
NAMES = (
    *("remark", "ballot.open", "ballot.secret", "signature", "appeal", "reaction"),
    *(f"{page}.{how}" for page in PAGES for how in ("cold", "anew", "warm", "signed_in")),
    "frame",
)
