"""The department: every centre's figures, opening centres, its own staff. Nobody's persons."""
