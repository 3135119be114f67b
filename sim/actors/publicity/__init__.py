"""What is said in public, by whom, and what people make of it."""
