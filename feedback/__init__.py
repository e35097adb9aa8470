"""The feedback room: check-ins, feedback notes, recognition."""
