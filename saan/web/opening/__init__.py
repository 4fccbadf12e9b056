"""Those who stay somewhere already, and the totals of past years, when a centre begins."""
