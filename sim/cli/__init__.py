"""The command ``tabletop``."""
