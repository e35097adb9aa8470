"""Following a log gives every whole line once."""

from pathlib import Path

from pipcycle.local.tail import Tail


def test_tail_gives_only_what_comes_after_it_began(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("before\n", encoding="utf-8")
    tail = Tail(log)
    assert tail.new_lines() == []
    with log.open("a", encoding="utf-8") as writer:
        writer.write("first\nsecond\n")
    assert (tail.new_lines(), tail.new_lines()) == (["first", "second"], [])


def test_tail_waits_for_the_end_of_a_line(tmp_path: Path) -> None:
    log = tmp_path / "log"
    tail = Tail(log)
    assert tail.new_lines() == []
    log.write_text("half", encoding="utf-8")
    assert tail.new_lines() == []
    log.write_text("half a line\n", encoding="utf-8")
    assert tail.new_lines() == ["half a line"]
