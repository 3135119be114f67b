"""What the code says of its own state and processes, for the description of the model."""
