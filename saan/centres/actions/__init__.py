"""Every write to centres, what they set, who works there, and the roles."""

from saan.centres.actions.facilities import (
    add_facility,
    change_facility,
    retire_facility,
    revive_facility,
)
from saan.centres.actions.logos import remove_logo, set_logo
from saan.centres.actions.roles import install_roles
from saan.centres.actions.settings import change_settings, create_centre, finish_step
from saan.centres.actions.signatories import (
    add_signatory,
    change_signatory,
    move_signatory,
    retire_signatory,
    revive_signatory,
)
from saan.centres.actions.wages import correct_wage, delete_wage, set_minimum_wage
from saan.centres.staff import add_member, remove_member, revive, suspend

__all__ = [
    "add_facility",
    "add_member",
    "add_signatory",
    "change_facility",
    "change_settings",
    "change_signatory",
    "correct_wage",
    "create_centre",
    "delete_wage",
    "finish_step",
    "install_roles",
    "move_signatory",
    "remove_logo",
    "remove_member",
    "retire_facility",
    "retire_signatory",
    "revive",
    "revive_facility",
    "revive_signatory",
    "set_logo",
    "set_minimum_wage",
    "suspend",
]
