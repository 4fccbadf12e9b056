"""The code lists of the centre: words, order, days, values of its own."""
