"""`python -m policyengine`: the same as the command `policyengine`."""

from policyengine.cli import main

if __name__ == "__main__":
    main(prog_name="policyengine")
