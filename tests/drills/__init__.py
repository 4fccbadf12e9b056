"""What must not be lost when things go wrong: `make drills`, never part of `make test`."""
