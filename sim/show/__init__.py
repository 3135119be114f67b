"""What people read of a run: figures and reports, from records and score cards."""
