"""Communications: messages, and the channels and desks that they pass through."""
