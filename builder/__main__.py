"""`python -m builder` is the same as `papershelf`."""

from builder.cli import run

if __name__ == "__main__":
    run()
