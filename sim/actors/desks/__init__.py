"""What happens at a duty desk: its staff, its orders and reports, what it asks, passes on, foresees and forgets."""
