"""Reading people out of files, without a database: ``source`` reads, ``mapping`` guesses, ``clean`` cleans."""
