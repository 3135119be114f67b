"""Studies: everything over many runs."""
