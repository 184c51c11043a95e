"""`./bro opinions`: one JSON, or one line that says what is wrong."""

from __future__ import annotations

import io
import json
import types
from pathlib import Path
from typing import Any

import pytest

from brobygget.commandline import run_command
from brobygget.commandline.vote_files import read_conversation

DATA = Path(__file__).parents[2] / "benchmarks" / "data" / "opinions"
CAMPS = [(f"p{i}", f"idea{j}", 1 if (i < 4) == (j % 2 == 0) else -1) for i in range(8) for j in range(10)]


def long_csv(rows: list[tuple[str, str, Any]] = CAMPS, head: str = "participant,idea,vote") -> str:
    return "\n".join([head, *(",".join(str(field) for field in row) for row in rows)]) + "\n"


def answered(capsys: pytest.CaptureFixture[str], *argv: str) -> dict[str, Any]:
    assert run_command("opinions", list(argv)) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return dict(json.loads(captured.out))


def refused(capsys: pytest.CaptureFixture[str], path: Path, *argv: str) -> str:
    assert run_command("opinions", [str(path), *argv]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    (line,) = captured.err.splitlines()
    return line.removeprefix("bro opinions: ").replace(str(path.parent) + "/", "")


def test_a_published_conversation_gets_the_agreed_form(capsys: pytest.CaptureFixture[str]) -> None:
    said = answered(capsys, str(DATA / "brexit-consensus"), "--known", "group-id")
    assert (said["format"], said["participants"], said["ideas"], said["votes"]) == (
        "brobygget-opinions-1",
        204,
        50,
        5303,
    )
    assert said["latent"]["groups"] == len(said["latent"]["sizes"]) == 2
    assert sum(said["latent"]["sizes"]) == len(said["latent"]["members"]) == 204
    assert (said["known"]["groups"], said["known"]["sizes"], said["known"]["labels"]) == (
        2,
        [106, 91],
        ["0", "1"],
    )
    idea = said["ideas_by_id"]["14"]
    assert idea["votes"] == idea["agree"] + idea["disagree"] + idea["pass"]
    assert idea["known"]["consensus"] == pytest.approx(0.850549, abs=1e-6)
    assert 0 < idea["known"]["q10"] < idea["known"]["q50"] < idea["known"]["q90"] < 1
    assert idea["verdict"] == "carries"
    scores = [said["ideas_by_id"][i]["score"] for i in said["ranking"]]
    assert scores == sorted(scores, reverse=True)
    assert {name for name, _, _ in said["map"]["participants"]} == set(said["latent"]["members"])
    assert len(said["map"]["ideas"]) == 50
    assert said["map"]["explained"][0] > said["map"]["explained"][1] > 0


def test_moderated_ideas_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    said = answered(capsys, str(DATA / "15-per-hour-seattle"))
    assert (said["ideas"], len(said["ideas_by_id"])) == (31, 31)
    assert "known" not in said


def test_polis_own_method_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    said = answered(capsys, str(DATA / "bg2050-volunteers"), "--compat", "polis")
    assert (said["method"], said["latent"]["sizes"], said["latent"]["p_value"]) == ("polis", [99, 8], None)
    assert len(set(said["polis"]["priorities"].values())) > 100


def test_a_long_table_with_groups(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    rows = [(*row, "new" if row[0] < "p4" else "long here") for row in CAMPS]
    path.write_text(long_csv(rows, "participant,idea,vote,group"))
    said = answered(capsys, str(path), "--known", "group")
    assert said["known"]["labels"] == ["long here", "new"]
    assert said["known"]["p_value"] == pytest.approx(2 / 70)
    first = said["latent"]["members"]["p0"]
    assert said["latent"]["members"] == {f"p{i}": first if i < 4 else 1 - first for i in range(8)}
    assert {idea["verdict"] for idea in said["ideas_by_id"].values()} == {"divides"}


def test_the_latest_row_wins(tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    path.write_text(long_csv([("a", "x", 1), ("b", "x", 0), ("a", "x", -1)]))
    assert read_conversation(str(path), None).matrix.votes.tolist() == [-1, 0]


def test_the_latest_timestamp_wins_whatever_the_order_of_rows(tmp_path: Path) -> None:
    (tmp_path / "votes.csv").write_text(
        "timestamp,comment-id,voter-id,vote\n300,0,7,1\n100,0,7,-1\n200,0,7,0\n100,1,7,0\n"
    )
    talk = read_conversation(str(tmp_path), None)
    assert (talk.ideas, talk.people, talk.matrix.votes.tolist()) == (["0", "1"], ["7"], [1, 0])


def test_the_order_of_rows_in_the_file_changes_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text(long_csv())
    two.write_text(long_csv(CAMPS[::-1]))
    first, second = answered(capsys, str(one)), answered(capsys, str(two))
    assert first.pop("seconds") >= 0
    assert second.pop("seconds") >= 0
    assert first == second


def test_the_same_votes_in_either_form_are_the_same(tmp_path: Path) -> None:
    wide = tmp_path / "participants-votes.csv"
    wide.write_text('participant,group-id,n-votes,1,2\r\n"7",0,2,1,-1\r\n8,,1,,0.0\r\n')
    long = tmp_path / "long.tsv"
    long.write_text("participant\tidea\tvote\n7\t1\t1\n7\t2\t-1\n8\t2\t0\n")
    one, two = read_conversation(str(tmp_path), None), read_conversation(str(long), None)
    assert (one.people, one.ideas) == (two.people, two.ideas) == (["7", "8"], ["1", "2"])
    assert one.matrix.votes.tolist() == two.matrix.votes.tolist() == [1, -1, 0]
    assert one.matrix.starts.tolist() == two.matrix.starts.tolist()


def test_a_table_larger_than_a_block_is_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("brobygget.commandline.text_tables.BLOCK", 100)
    path = tmp_path / "votes.csv"
    path.write_text(long_csv())
    talk = read_conversation(str(path), None)
    assert (len(talk.people), len(talk.ideas), talk.matrix.n_votes) == (8, 10, 80)
    path.write_text(long_csv([*CAMPS[:50], ("p1", "x", 7)]))
    with pytest.raises(Exception, match="line 52, column 'vote': '7' is not a vote"):
        read_conversation(str(path), None)


def test_votes_come_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO(long_csv().encode())))
    assert answered(capsys, "-")["votes"] == 80


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "votes.csv: the file is empty. Its first line should name the columns."),
        (b"  \n", "votes.csv: the file is empty. Its first line should name the columns."),
        (
            b"participant,idea,vote\na,x,1\nb,x,7\n",
            "votes.csv, line 3, column 'vote': '7' is not a vote. Use 1 (agree), 0 (pass), -1 (disagree) or nothing.",
        ),
        (
            b"participant,n-votes,4,5\na,2,1,yes\n",
            "votes.csv, line 2, column '5': 'yes' is not a vote. Use 1 (agree), 0 (pass), -1 (disagree) or nothing.",
        ),
        (
            b"participant,vote\na,1\n",
            "votes.csv, line 1: there is no column 'idea' (found: participant, vote). Name it in the first line.",
        ),
        (
            b"participant,idea,vote\na,x\n",
            "votes.csv, line 2: 2 fields where the first line names 3 columns.",
        ),
        (
            b'participant,idea,vote\n"a",x,1,1\n',
            "votes.csv, line 2: 4 fields where the first line names 3 columns.",
        ),
        (b"participant,idea,vote\na,,1\n", "votes.csv, line 2, column 'idea': the field is empty."),
        (
            b"participant,idea,vote\na,x,\n",
            "votes.csv, line 2, column 'vote': the field is empty. Write 1, 0 or -1.",
        ),
        (
            b"participant,idea,vote\na,x,1\n\x00",
            "votes.csv, line 3: a NUL byte; this is not a text table. Save it as CSV in UTF-8.",
        ),
        (
            b"participant,idea,vote\n\xe5,x,1\n",
            "votes.csv, line 2: this is not text in UTF-8. Save it as CSV in UTF-8.",
        ),
        (
            b"participant,4,4\na,1,1\n",
            "votes.csv, line 1: the column '4' occurs twice. Give each idea one column.",
        ),
        (b"participant,4\na,1\na,1\n", "votes.csv: participant 'a' has two lines. Keep one."),
        (
            b"<!doctype html><p>no",
            "votes.csv, line 1: this is neither a table participant,idea,vote nor a Polis export (columns found: <!doctype html><p>no).",
        ),
    ],
)
def test_bad_input_is_named_with_line_and_field(
    content: bytes, says: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "votes.csv"
    path.write_bytes(content)
    assert refused(capsys, path) == says


def test_a_group_column_that_is_not_there_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "votes.csv"
    path.write_text(long_csv())
    assert refused(capsys, path, "--known", "town") == (
        "votes.csv, line 1: there is no column 'town' for --known (found: participant, idea, vote)."
    )


def test_a_folder_without_votes_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "no participants-votes.csv and no votes.csv" in refused(capsys, tmp_path)
    assert refused(capsys, tmp_path / "nowhere.csv").endswith("No such file or directory")


def test_moderation_that_makes_no_sense_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "votes.csv").write_text("comment-id,voter-id,vote\n1,1,1\n")
    (tmp_path / "comments.csv").write_text('comment-id,moderated,comment-body\n1,gone,"two\nlines"\n')
    line = refused(capsys, tmp_path)
    assert line.endswith("comments.csv, line 3, column 'moderated': 'gone' is none of -1, 0 and 1.")


@pytest.mark.parametrize(
    "rows", [[], [("a", "x", 1)], [("a", "x", -1), ("b", "x", -1)], [("a", f"i{j}", 1) for j in range(5)]]
)
def test_hardly_any_votes_are_a_legal_conversation(
    rows: list, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "votes.csv"
    path.write_text(long_csv(rows))
    said = answered(capsys, str(path))
    assert said["votes"] == len(rows)
    assert said["latent"]["groups"] == (1 if rows else 0)
    assert not {idea["verdict"] for idea in said["ideas_by_id"].values()} & {"carries"}


def test_a_million_columns_are_no_obstacle(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    ideas = ",".join(str(i) for i in range(1_000_000))
    path.write_text(f"participant,{ideas}\na,{'1' + ',' * 999_999}\nb,{',' * 999_999}2\n")
    assert "line 3, column '999999': '2' is not a vote" in refused(capsys, path)
    path.write_text(f"participant,{ideas}\na,{'1' + ',' * 999_999}\nb,{',' * 999_999}-1\n")
    talk = read_conversation(str(path), None)
    assert (len(talk.ideas), talk.matrix.n_votes) == (1_000_000, 2)
