"""`python -m indicators`."""

from indicators.command_line import main

if __name__ == "__main__":
    main()
