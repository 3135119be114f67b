"""Noticing what becomes so, and reaching people in danger with it."""
