"""Those who help: forces of others, townships and their grid, key units."""
