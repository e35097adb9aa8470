"""Reviews: cycles, self-assessments, what managers write, and what follows from it."""
