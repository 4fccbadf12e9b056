"""Tests of saan.web.setup."""
