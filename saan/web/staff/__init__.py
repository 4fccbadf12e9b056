"""Who works at the centre: invited by link, in a role, suspended, their work handed over."""
