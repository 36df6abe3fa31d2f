from __future__ import annotations

import pytest

from coldpress.progress import clear_progress, progress


@pytest.mark.parametrize("terminal", [True, False])
def test_a_line_on_a_terminal_and_nothing_in_a_pipe(
    terminal: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: terminal)
    progress(wanted=True)("making", 3, 9)
    progress(wanted=False)("making", 4, 9)
    progress(wanted=True)("checking", 0, 1)
    clear_progress()
    said = capsys.readouterr().err
    assert said == ("\r\033[Kmaking 3/9\r\033[Kchecking ...\r\033[K" if terminal else "")
