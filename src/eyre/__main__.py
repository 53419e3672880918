"""`python -m eyre`: the same as `eyre`."""

from eyre.cli.main import run

if __name__ == "__main__":
    run()
