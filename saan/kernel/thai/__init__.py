"""Thai formats: digits, text, names, identity numbers, telephone numbers and dates."""
