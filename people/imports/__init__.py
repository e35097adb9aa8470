"""Reading people out of files: pure functions without a database. ``source`` reads, ``mapping`` guesses, ``clean`` cleans."""
