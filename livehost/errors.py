"""What livehost says when it cannot go on."""


class LivehostError(Exception):
    """One clear sentence for a person ten minutes before the doors open: what was wanted, what was found, what to type.

    Parameters
    ----------
    message : str
        The sentence.
    exit_code : int, default 1
        Exit status of the command that it ends: 1 for something that failed, 2 for something typed wrongly.
    """

    def __init__(self, message: str, exit_code: int = 1) -> None:
        super().__init__(message)
        self.exit_code = exit_code
