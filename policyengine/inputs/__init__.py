"""Logs to contexts: records read from streams, and the columns of a log mapped to fields."""
