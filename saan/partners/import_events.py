"""What is written into history about imports."""

from enum import StrEnum


class ImportEvent(StrEnum):
    """Codes of audit events."""

    RECEIVED = "import.received"
    COLUMNS_CHOSEN = "import.columns_chosen"
    ROWS_DECIDED = "import.rows_decided"
    ACCEPTED = "import.accepted"
    APPLIED = "import.applied"
    UNDO_ASKED = "import.undo_asked"
    UNDONE = "import.undone"
    RESUMED = "import.resumed"
    FILE_CLEARED = "import.file_cleared"
    PARTNER_REMOVED = "import.partner_removed"
    PARTNER_FILLED = "import.partner_filled"
    PARTNER_EMPTIED = "import.partner_emptied"
