"""The shape of what people type into the pages of this room."""
