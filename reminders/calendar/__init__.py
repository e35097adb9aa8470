"""The personal calendar: an address a calendar program reads, with the days of one member."""
