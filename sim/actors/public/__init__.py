"""The people: what they notice, feel, believe and do."""
