"""Showing what was found and decided: as text for people, as JSON for programs."""
