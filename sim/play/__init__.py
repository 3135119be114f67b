"""Playing: one session, the ways to answer its questions, replay, yardsticks, many runs in processes."""
