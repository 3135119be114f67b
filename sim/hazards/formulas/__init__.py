"""Textbook formulas of hazards: pure functions, each with its source, without clock and without luck."""
