"""Those who act: departments, duty office, command post, the public, the enterprise, the script, and policies."""
