"""Who leads and decides: hand-overs, mandates, consultation, advice, the end of the response."""
