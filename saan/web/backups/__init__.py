"""The backups that there are, and one more at once."""
