"""The password of every invented person of a demonstration; its sign-in page shows it."""

DEMO_PASSWORD = "saan-demo"  # noqa: S105 - no secret
#: Sign-in names of the demonstration's national staff, so that no real ones are ever shown.
DEMO_NATIONAL = ("national", "department")
