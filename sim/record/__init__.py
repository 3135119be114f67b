"""What a run leaves behind: events, journal, run folder; and what a seat may see of them."""
