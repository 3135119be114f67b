"""Hazards: one file for each kind, textbook formulas as pure functions plus the process that drives them."""
