"""What each command of the command line does; one module a command, each with `run(arguments) -> exit status`."""
