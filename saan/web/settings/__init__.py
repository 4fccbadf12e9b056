"""Settings of a centre: what it is, when it does things, where it may send people, who signs."""
