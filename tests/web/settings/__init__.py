"""Tests of saan.web.settings."""
