"""Scores from records: milestones, obligations and gaps, loss. Nothing here needs the engine."""
