"""The first day of an installation: an administrator, a centre, its standards, what comes next."""
