"""The county in a run: roads, people, casualties, hospitals."""
