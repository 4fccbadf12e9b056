"""The page behind an invitation: choose a user name and a password, and come in."""
