"""Road networks from outside (GraphML, tables) and made ones, as places and roads of a county file."""
