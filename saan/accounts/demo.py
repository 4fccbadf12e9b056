"""The password of every invented person of a demonstration; its sign-in page shows it."""

DEMO_PASSWORD = "saan-demo"  # noqa: S105 - no secret
