"""Folders, files and bytes; what goes wrong, and how it is said."""

from __future__ import annotations

import io
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import gxbg
import pytest


def failures(corpus: gxbg.Corpus) -> dict[str, str]:
    return {f["path"]: f["reason"] for f in corpus.failures.head(1000)}


def test_an_empty_folder_gives_empty_tables(tmp_path):
    corpus = gxbg.load_dir(tmp_path)
    assert (len(corpus), len(corpus.failures)) == (0, 0)
    assert repr(corpus) == "no reports; 0 files not read"


def test_a_missing_folder(tmp_path):
    with pytest.raises(gxbg.NotFoundError, match="expected a folder, found nothing there") as caught:
        gxbg.load_dir(tmp_path / "none")
    error = caught.value
    assert isinstance(error, FileNotFoundError)
    assert isinstance(error, gxbg.GxbgError)
    assert error.path == error.filename == str(tmp_path / "none")


def test_a_missing_file(tmp_path):
    with pytest.raises(FileNotFoundError, match="expected a file"):
        gxbg.load_file(tmp_path / "none.txt")


def test_a_file_where_a_folder_is_asked_for(sample_files):
    with pytest.raises(gxbg.NotAFolderError, match="expected a folder, found a file") as caught:
        gxbg.load_dir(sample_files[0])
    assert isinstance(caught.value, NotADirectoryError)


def test_a_folder_where_a_file_is_asked_for(tmp_path):
    with pytest.raises(gxbg.NotAFileError, match="expected a file, found a folder") as caught:
        gxbg.load_file(tmp_path)
    assert isinstance(caught.value, IsADirectoryError)


def test_bad_files_become_failures_and_the_run_goes_on(tmp_path, report_text):
    (tmp_path / "good.txt").write_text(report_text, encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "blank.txt").write_text("\n \n\t\n")
    (tmp_path / "letter.txt").write_text("Dear all, this is no report.\n" * 50)
    (tmp_path / "bytes.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "cut.txt").write_bytes(report_text.encode()[:-2] + b"\xff\xfe\xfa")
    corpus = gxbg.load_dir(tmp_path)
    found = failures(corpus)
    assert len(corpus) + len(found) == 6
    assert found["empty.txt"] == "empty"
    assert found["blank.txt"] in ("empty", "not_a_report")
    assert found["letter.txt"] == "not_a_report"
    assert found["bytes.txt"] in ("unknown_format", "encoding", "not_a_report")
    assert all(f["detail"] for f in corpus.failures.head(10))
    assert [r["path"] for r in corpus.reports.head(10)][-1] == "good.txt"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path, report_text):
    (tmp_path / "good.txt").write_text(report_text, encoding="utf-8")
    locked = tmp_path / "locked.txt"
    locked.write_text(report_text, encoding="utf-8")
    locked.chmod(0)
    corpus = gxbg.load_dir(tmp_path)
    assert len(corpus) == 1
    assert failures(corpus) == {"locked.txt": "io"}


@pytest.mark.skipif(os.name != "posix", reason="needs symbolic links")
def test_a_link_to_nowhere_is_a_failure_and_a_loop_ends(tmp_path, report_text):
    (tmp_path / "good.txt").write_text(report_text, encoding="utf-8")
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "none")
    (tmp_path / "loop").symlink_to(tmp_path)
    corpus = gxbg.load_dir(tmp_path)
    assert [r["path"] for r in corpus.reports.head(10)] == ["good.txt"]
    assert failures(corpus).get("nowhere.txt", "io") == "io"


def test_fifty_megabytes_of_noise(tmp_path, report_text):
    (tmp_path / "good.txt").write_text(report_text, encoding="utf-8")
    (tmp_path / "binary.txt").write_bytes(os.urandom(1_000_000) * 50)
    (tmp_path / "words.txt").write_bytes("收到和处理政府信息公开申请情况 1\t2 ".encode() * 1_000_000)
    began = time.monotonic()
    corpus = gxbg.load_dir(tmp_path)
    assert time.monotonic() - began < 10
    assert len(corpus) == 1
    assert set(failures(corpus)) == {"binary.txt", "words.txt"}
    assert failures(corpus)["binary.txt"] in ("too_large", "unknown_format", "encoding", "not_a_report")
    with pytest.raises(gxbg.UnreadableReportError):
        gxbg.load_file(tmp_path / "binary.txt")
    with pytest.raises(gxbg.UnreadableReportError):
        gxbg.loads((tmp_path / "binary.txt").read_bytes())


def test_on_error_raise_names_the_first_failure(tmp_path, report_text):
    (tmp_path / "a.txt").touch()
    (tmp_path / "b.txt").write_text("no report")
    (tmp_path / "c.txt").write_text(report_text, encoding="utf-8")
    with pytest.raises(gxbg.UnreadableReportError, match=r"a\.txt.*\(empty\)") as caught:
        gxbg.load_dir(tmp_path, on_error="raise")
    assert (caught.value.path, caught.value.reason) == ("a.txt", "empty")
    assert caught.value.detail
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("options", [{"on_error": "ignore"}, {"threads": 0}, {"threads": -1}, {"convert": "word"}])
def test_options_that_mean_nothing(options, tmp_path):
    with pytest.raises(gxbg.ArgumentError, match="expected"):
        gxbg.load_dir(tmp_path, **options)


def test_limits_of_python_are_those_of_the_core():
    assert dict(gxbg._gxbg.limits()) == vars(gxbg.Limits())


@pytest.mark.parametrize(
    "limit", [{"depth": 0}, {"cells": -1}, {"pages": 1.5}, {"ratio": True}, {"time": 0}, {"time": float("nan")}]
)
def test_limits_that_mean_nothing(limit):
    with pytest.raises(gxbg.ArgumentError, match=f"expected {next(iter(limit))}"):
        gxbg.Limits(**limit)


def test_limits_are_limits(tmp_path):
    with pytest.raises(gxbg.ArgumentError, match=r"gxbg\.Limits"):
        gxbg.load_dir(tmp_path, limits={"depth": 3})


def test_a_file_over_a_limit_is_a_failure(tmp_path, report_text):
    (tmp_path / "a.txt").write_text(report_text, encoding="utf-8")
    corpus = gxbg.load_dir(tmp_path, limits=gxbg.Limits(file_bytes=100))
    assert failures(corpus) == {"a.txt": "too_large"}
    with pytest.raises(gxbg.UnreadableReportError, match="too_large"):
        gxbg.load_file(tmp_path / "a.txt", limits=gxbg.Limits(file_bytes=100))


def test_recursive(tmp_path, report_text):
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a.txt").write_text(report_text, encoding="utf-8")
    assert len(gxbg.load_dir(tmp_path)) == 1
    assert gxbg.load_dir(tmp_path)[0].path == "below/a.txt"
    assert len(gxbg.load_dir(tmp_path, recursive=False)) == 0


def test_paths_may_be_text_or_path(tmp_path, report_text):
    folder = tmp_path / "柳河 镇"
    folder.mkdir()
    (folder / "二〇二三.txt").write_text(report_text, encoding="utf-8")
    assert gxbg.load_dir(str(folder))[0].path == gxbg.load_dir(folder)[0].path == "二〇二三.txt"
    assert gxbg.load_file(str(folder / "二〇二三.txt")).report_id == gxbg.load_dir(folder)[0].report_id


def test_loads_is_generous(report_text, tmp_path):
    data = report_text.encode()
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    want = gxbg.loads(data).report_id
    for given in (bytearray(data), memoryview(data), report_text, io.BytesIO(data), io.StringIO(report_text)):
        assert gxbg.loads(given).report_id == want
    with path.open("rb") as opened:
        assert gxbg.loads(opened).path == str(path)
    assert gxbg.loads(data).path == "<data>"
    assert gxbg.loads(data, name="mine").path == "mine"
    assert gxbg.loads(b"\xef\xbb\xbf" + data).masthead == gxbg.loads(data).masthead


def test_loads_of_what_is_no_report(report_text):
    for data, reason in ((b"", "empty"), ("no report", "not_a_report")):
        with pytest.raises(gxbg.UnreadableReportError) as caught:
            gxbg.loads(data, name="x")
        assert (caught.value.path, caught.value.reason) == ("x", reason)
    for data in (3, None, ["a"]):
        with pytest.raises(TypeError, match="expected bytes, str or a file object"):
            gxbg.loads(data)
    # Half a character, as careless code makes it, is no reason to fail.
    assert len(gxbg.loads(report_text + "\ud800").cells) == 200


def test_errors_survive_pickling(tmp_path):
    with pytest.raises(gxbg.UnreadableReportError) as unread:
        gxbg.loads(b"", name="x")
    with pytest.raises(gxbg.NotFoundError) as absent:
        gxbg.load_dir(tmp_path / "none")
    for error in (unread.value, absent.value):
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


def many(folder: Path, count: int, text: str) -> Path:
    """Make a folder of many reports, quickly."""
    seed = folder / "seed"
    seed.write_text(text, encoding="utf-8")
    for i in range(count):
        if i % 1000 == 0:
            below = folder / "many" / str(i)
            below.mkdir(parents=True)
        os.link(seed, below / f"{i}.txt")
    return folder / "many"


def test_progress_is_called_with_done_and_found(tmp_path, report_text):
    calls = []
    corpus = gxbg.load_dir(many(tmp_path, 3000, report_text), progress=lambda done, found: calls.append((done, found)))
    assert len(corpus) == 3000
    assert calls[-1] == (3000, 3000)
    assert calls == sorted(calls)
    assert all(done <= found for done, found in calls)


def test_an_error_in_progress_stops_the_run(tmp_path, report_text):
    def fail(done, found):
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        gxbg.load_dir(many(tmp_path, 2000, report_text), progress=fail)


def test_a_bar_is_shown_when_asked_for(capsys, monkeypatch):
    gxbg.load_dir(gxbg.sample_dir(), progress=True)
    assert "20/20" in capsys.readouterr().err
    gxbg.load_dir(gxbg.sample_dir())
    gxbg.load_dir(gxbg.sample_dir(), progress=False)
    assert capsys.readouterr().err == ""
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    with pytest.raises(gxbg.MissingDependencyError, match=r'tqdm.*pip install "gxbg\[progress\]"'):
        gxbg.load_dir(gxbg.sample_dir(), progress=True)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    gxbg.load_dir(gxbg.sample_dir())


def test_other_threads_run_while_a_load_runs(tmp_path, report_text):
    folder = many(tmp_path, 5000, report_text)
    ticks, stop = [0], threading.Event()

    def tick():
        while not stop.wait(0.001):
            ticks[0] += 1

    thread = threading.Thread(target=tick)
    thread.start()
    began = time.monotonic()
    gxbg.load_dir(folder)
    taken = time.monotonic() - began
    stop.set()
    thread.join()
    assert ticks[0] > taken * 50


@pytest.mark.skipif(os.name != "posix", reason="sends SIGINT")
def test_interrupt_stops_within_a_second(tmp_path, report_text):
    folder = many(tmp_path, 60_000, report_text)
    code = (
        "import gxbg, sys\n"
        "def go(done, found):\n"
        "    if done: print('go', flush=True)\n"
        f"gxbg.load_dir({str(folder)!r}, progress=go)\n"
        "print('finished', flush=True)\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "go\n"
    began = time.monotonic()
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=30)
    assert time.monotonic() - began < 1.0
    assert "finished" not in out
    assert "KeyboardInterrupt" in err
    assert child.returncode != 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_fork_after_a_load_can_load(samples):
    code = (
        "import gxbg, os\n"
        "gxbg.load_dir(gxbg.sample_dir())\n"
        "child = os.fork()\n"
        "n = len(gxbg.load_dir(gxbg.sample_dir()))\n"
        "os._exit(n != 20) if not child else None\n"
        "raise SystemExit(os.waitpid(child, 0)[1])\n"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True, timeout=60)


def test_what_systems_leave_behind_is_counted(tmp_path):
    (tmp_path / "~$a.docx").write_bytes(b"\x05admin")
    (tmp_path / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    corpus = gxbg.load_dir(tmp_path)
    assert (len(corpus), len(corpus.failures), corpus.passed_over) == (0, 0, 2)
    assert repr(corpus) == "no reports; 0 files not read, 2 passed over"
    assert gxbg.concat([corpus, corpus]).passed_over == 4
