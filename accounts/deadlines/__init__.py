"""How one hears of one's deadlines: by mail, in one's calendar."""
