"""The gates of a plan: what stops a step, asks for a reason or sends it to HR, each with its rule (RULES.md)."""
