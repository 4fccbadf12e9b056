"""Saan (สาน): the working desk of Thailand's provincial Protection Centres for the Destitute."""

#: As in pyproject.toml (a test compares). A backup says with which version it was made.
VERSION = "0.2.0"
