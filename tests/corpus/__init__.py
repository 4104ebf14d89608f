"""Opens every file of a folder with the program's own reading and accounts for every record."""
