"""Supplies: where they come from, how they travel, how they are used up."""
