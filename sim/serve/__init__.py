"""The exercise room in the browser: one view model, one panel, and the server that brings both to the seats."""
