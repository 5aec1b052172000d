"""No file ends the kernel, and no run goes on that was stopped."""

from __future__ import annotations

import gzip
import io
import multiprocessing
import os
import signal
import subprocess
import sys
import tarfile
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import gxbg
import pytest

posix = pytest.mark.skipif(os.name != "posix", reason="needs signals and processes of POSIX")
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")


def pdf(content: bytes, resources: str = "", objects: tuple[bytes, ...] = ()) -> bytes:
    """Write a PDF file of one page whose cross references are left to the reader to find."""
    page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << {resources} >> /Contents 4 0 R >>"
    stream = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    all_objects = [b"<< /Type /Catalog /Pages 2 0 R >>", pages, page.encode(), stream, *objects]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (i, o) for i, o in enumerate(all_objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer << /Root 1 0 R >>\n"


def forms(depth: int) -> bytes:
    """Write a PDF file whose forms draw each other ten times each: hours of work."""
    form = (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A %d 0 R >> >> /Length 60 >>\n"
        b"stream\n%s\nendstream"
    )
    all_forms = tuple(form % (i + 6, b"/A Do " * 10) for i in range(depth))
    last = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 12 >>\nstream\n0 0 1 1 re f\nendstream"
    return pdf(b"/A Do", "/XObject << /A 5 0 R >>", (*all_forms, last))


SOUND_PDF = pdf(
    b"BT /F0 12 Tf 50 700 Td (hello) Tj ET",
    "/Font << /F0 5 0 R >>",
    (b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",),
)
FORMS_PDF = forms(12)
LONG_PDF = pdf(
    b"BT /F0 12 Tf 50 700 Td <00410042> Tj ET",
    "/Font << /F0 5 0 R >>",
    (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /W [%s] >>" % (b"0 65535 500 " * 200_000),
    ),
)
"""A file that keeps the library for an hour, in one call that never looks up."""
PATIENT = gxbg.Limits(time=600)


def reason(data: bytes, **options) -> str:
    try:
        gxbg.loads(data, "a", **options)
    except gxbg.UnreadableReportError as error:
        return error.reason
    return "report"


def workers() -> list[int]:
    """Find the processes that this one has started and that run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(parent) == os.getpid() and state != "Z":
            found.append(int(stat.parent.name))
    return found


def threads() -> int:
    return sum(1 for _ in Path("/proc/self/task").iterdir())


def test_a_hostile_file_is_a_row_beside_sound_ones(tmp_path, report_text):
    deep = b"{" * 200_000 + b"}" * 200_000
    function = b"<< /FunctionType 4 /Domain [0 1] /Range [0 1] /Length %d >>\nstream\n%s\nendstream" % (len(deep), deep)
    coloured = "/ColorSpace << /CS0 [/Separation /X /DeviceGray 5 0 R] >>"
    (tmp_path / "function.pdf").write_bytes(pdf(b"/CS0 cs 0.5 sc 0 0 9 9 re f", coloured, (function,)))
    (tmp_path / "forms.pdf").write_bytes(FORMS_PDF)
    (tmp_path / "long.pdf").write_bytes(LONG_PDF)
    for i in range(20):
        (tmp_path / f"{i}.txt").write_text(report_text, encoding="utf-8")
    corpus = gxbg.load_dir(tmp_path)
    assert len(corpus) == 20
    found = {f["path"]: f["reason"] for f in corpus.failures.head(10)}
    assert found == {"forms.pdf": "limit", "function.pdf": found["function.pdf"], "long.pdf": "limit"}
    assert found["function.pdf"] in ("limit", "crash")


@linux
def test_a_worker_that_was_killed_is_replaced():
    assert reason(SOUND_PDF) == "not_a_report"
    started = workers()
    assert started
    for worker in started:
        os.kill(worker, signal.SIGKILL)
    assert reason(SOUND_PDF) == "not_a_report"
    assert set(workers()).isdisjoint(started)


@linux
def test_workers_are_used_again():
    assert reason(SOUND_PDF) == "not_a_report"
    before = set(workers())
    for _ in range(20):
        reason(SOUND_PDF)
    assert set(workers()) == before


def test_memory_has_a_limit():
    limits = gxbg.Limits(memory=128 << 20, inflated_bytes=1 << 40, time=60)
    states = pdf(b"q " * (14 << 20))
    assert reason(states, limits=limits) in ("limit", "crash", "empty")
    assert reason(SOUND_PDF) == "not_a_report"


def in_a_child(queue, data):
    queue.put(reason(data))


@posix
@pytest.mark.parametrize("method", ["fork", "spawn"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_other_processes_load_too(method, tmp_path, report_text):
    # The pools and workers of this process must not be missed in the other one.
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as out:
        for i in range(300):
            out.writestr(f"{i}.txt", f"no report {i}")
        out.writestr("good.txt", report_text)
    assert reason(archive.getvalue()) == "report"
    assert reason(SOUND_PDF) == "not_a_report"
    context = multiprocessing.get_context(method)
    for data, expected in ((archive.getvalue(), "report"), (SOUND_PDF, "not_a_report"), (LONG_PDF, "limit")):
        queue = context.Queue()
        child = context.Process(target=in_a_child, args=(queue, data))
        child.start()
        try:
            assert queue.get(timeout=60) == expected
        finally:
            child.join(60)
            assert child.exitcode == 0
    assert reason(SOUND_PDF) == "not_a_report"


@linux
def test_no_thread_is_left_after_a_load(tmp_path, report_text):
    (tmp_path / "a.pdf").write_bytes(SOUND_PDF)
    (tmp_path / "a.txt").write_text(report_text, encoding="utf-8")
    before = threads()
    gxbg.load_dir(tmp_path)
    reason(SOUND_PDF)
    deadline = time.monotonic() + 10
    while threads() > before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert threads() <= before


def slow_files(folder: Path, text: str) -> dict[str, Path]:
    """Write files that take seconds, in each kind of place."""
    long = ("<table>" + "<tr><td>总计<td>1</td></tr>" * 9_000 + "</table>").encode()
    for i in range(400):
        (folder / "pages").mkdir(exist_ok=True)
        (folder / "pages" / f"{i}.html").write_bytes(b"<html>" + long)
    (folder / "long.pdf").write_bytes(LONG_PDF)
    with zipfile.ZipFile(folder / "many.zip", "w") as out:
        for i in range(3_000):
            out.writestr(f"{i}.txt", text)
    with tarfile.open(folder / "many.tar.gz", "w:gz") as out:
        for i in range(3_000):
            member = tarfile.TarInfo(f"{i}.txt")
            member.size = len(text.encode())
            out.addfile(member, io.BytesIO(text.encode()))
    (folder / "large.html").write_bytes(b"<html>" + long * 40)
    return {path.name: path for path in folder.iterdir()}


def read(name: str, files: dict[str, Path]) -> None:
    """Read one of them; what is done before it is stopped is as good as stopped."""
    if name == "pages":
        gxbg.load_dir(files[name], limits=PATIENT, threads=1)
    elif name == "bytes":
        gxbg.loads(LONG_PDF, limits=PATIENT)
    else:
        gxbg.load_file(files[name], limits=PATIENT)
    raise KeyboardInterrupt


@posix
@pytest.mark.parametrize("name", ["pages", "long.pdf", "many.zip", "many.tar.gz", "large.html", "bytes"])
def test_ctrl_c_ends_any_call_within_a_second(name, tmp_path, report_text):
    files = slow_files(tmp_path, report_text)
    stopped = []

    def stop():
        stopped.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    timer = threading.Timer(0.2, stop)
    timer.start()
    try:
        with pytest.raises((KeyboardInterrupt, gxbg.UnreadableReportError)) as caught:
            read(name, files)
        ended = time.monotonic()
    finally:
        timer.cancel()
        timer.join()
    if stopped and caught.type is KeyboardInterrupt:
        assert ended - stopped[0] < 1.0


@posix
def test_ctrl_c_in_a_terminal_ends_a_script():
    code = (
        "import gxbg, sys\n"
        "data = sys.stdin.buffer.read()\n"
        "print('ready', flush=True)\n"
        "try:\n    gxbg.loads(data, 'a', limits=gxbg.Limits(time=600))\n"
        "except KeyboardInterrupt:\n    print('stopped')\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    )
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(LONG_PDF)
    child.stdin.close()
    assert child.stdout.readline() == b"ready\n"
    time.sleep(0.5)
    # To the whole group, as a terminal does.
    os.killpg(child.pid, signal.SIGINT)
    began = time.monotonic()
    assert child.stdout.read() == b"stopped\n"
    assert child.wait(10) == 0
    assert time.monotonic() - began < 3
    child.stdout.close()


def test_a_callback_that_raises_ends_a_slow_file(tmp_path):
    (tmp_path / "a.pdf").write_bytes(LONG_PDF)

    def fail(done, found):
        raise RuntimeError("enough")

    began = time.monotonic()
    with pytest.raises(RuntimeError, match="enough"):
        gxbg.load_dir(tmp_path, progress=fail, limits=PATIENT)
    assert time.monotonic() - began < 2


def test_two_loads_at_once(tmp_path, report_text):
    (tmp_path / "a.pdf").write_bytes(SOUND_PDF)
    (tmp_path / "b.pdf").write_bytes(LONG_PDF)
    for i in range(50):
        (tmp_path / f"{i}.txt").write_text(report_text, encoding="utf-8")
    with ThreadPoolExecutor(4) as pool:
        corpora = list(pool.map(lambda _: gxbg.load_dir(tmp_path), range(4)))
    assert [len(c) for c in corpora] == [50] * 4
    assert all([f["reason"] for f in c.failures.head(5)] == ["not_a_report", "limit"] for c in corpora)


def test_too_many_threads_are_no_matter(tmp_path, report_text):
    (tmp_path / "a.txt").write_text(report_text, encoding="utf-8")
    assert len(gxbg.load_dir(tmp_path, threads=30_000)) == 1


def test_details_hold_no_path(tmp_path):
    (tmp_path / "nowhere").symlink_to(tmp_path / "none")
    (tmp_path / "loop").symlink_to(tmp_path)
    corpus = gxbg.load_dir(tmp_path)
    details = [f["detail"] for f in corpus.failures.head(5)]
    assert len(details) == 2
    assert not any(str(tmp_path) in detail for detail in details)


def test_bytes_behind_a_packed_report_are_told(tmp_path, report_text):
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(report_text.encode()) + b"<html>more</html>")
    corpus = gxbg.load_dir(tmp_path)
    assert len(corpus) == 1
    failure = corpus.failures.head(1)[0]
    assert (failure["path"], failure["reason"]) == ("a.txt.gz", "damaged")
    assert "behind its end" in failure["detail"]
    assert gxbg.load_file(tmp_path / "a.txt.gz").report_id == corpus[0].report_id


def test_a_member_that_leads_out_is_not_read(tmp_path, report_text):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as out:
        out.writestr("../../x!/a.txt", report_text)
    assert [f["reason"] for f in gxbg.load_dir(tmp_path).failures.head(5)] == ["outside"]


@linux
def test_without_an_interpreter_files_are_read_here(monkeypatch):
    monkeypatch.setattr(sys, "executable", "")
    assert reason(SOUND_PDF) == "not_a_report"


def test_texts_of_more_than_a_column_holds(tmp_path, report_text):
    # A part ends by bytes too; 64 MiB of text in three files are two parts.
    long = report_text + "\n六、其他需要报告的事项\n" + "无其他事项。" * 1_600_000
    for i in range(3):
        (tmp_path / f"{i}.txt").write_text(long, encoding="utf-8")
    corpus = gxbg.load_dir(tmp_path, threads=1)
    assert len(corpus) + len(corpus.failures) == 3
