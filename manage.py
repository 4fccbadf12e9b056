#!/usr/bin/env python
"""Run a management command of Saan."""

import os
import sys

from django.core.management import execute_from_command_line

from config.env import OWNER_COMMANDS

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    if OWNER_COMMANDS.intersection(sys.argv[1:2]):
        os.environ["SAAN_AS_OWNER"] = "1"
    execute_from_command_line(sys.argv)
