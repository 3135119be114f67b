"""The five departments, their units, and the work that units do."""
