"""The one error that bad input raises: a sentence, and in a notebook nothing but the sentence."""


class InputError(ValueError):
    """Input that cannot be read as it stands.

    The message is one sentence: file, sheet, row, column and value as far as there are any, and what to do.
    """

    def _render_traceback_(self) -> list[str]:
        # IPython shows what this returns in place of a traceback.
        return [f"Please check the input. {self}"]
