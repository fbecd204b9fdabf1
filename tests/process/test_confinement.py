import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.process import WorkerBug
from tests.process.observing import job


def test_a_child_has_its_own_closed_folder_and_no_core_dumps(worker):
    found = worker.call(job("surroundings"), {})
    assert found["mode"] == 0o700
    assert found["core"] == [0, 0]
    assert found["nice"] == os.nice(0)
    assert found["interrupt_ignored"] is True
    assert found["parent"] == os.getpid()
    worker.close()
    assert not Path(found["folder"]).exists()


def test_a_child_inherits_no_secrets(worker, monkeypatch):
    monkeypatch.setenv("PARAPH_VAULT_PASSPHRASE", "correct horse")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example")
    assert not {"PARAPH_VAULT_PASSPHRASE", "HTTPS_PROXY"} & set(worker.call(job("surroundings"), {})["environment"])


def test_a_child_has_no_network(worker):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        for name, payload in (("connect", {"port": port}), ("fetch", {"url": f"http://localhost:{port}/"})):
            with pytest.raises(WorkerBug, match="no network"):
                worker.call(job(name), payload)


def test_a_child_starts_no_programs(worker):
    with pytest.raises(WorkerBug, match="starts no programs"):
        worker.call(job("run_program"), {})


def test_an_event_loop_still_runs(worker):
    assert worker.call(job("event_loop"), {}) == "looped"


def test_a_file_beyond_the_limit_is_an_error_and_the_child_lives(make_worker):
    worker = make_worker(file_bytes=2**20)
    with pytest.raises(WorkerBug, match="File too large"):
        worker.call(job("write_file"), {"mebibytes": 2})
    assert worker.call(job("echo"), {"value": 1}) == 1


def test_only_the_named_modules_are_imported(worker):
    loaded = worker.call(job("peek_modules"), {})
    assert {name for name in loaded if name.startswith("tests")} <= {
        "tests",
        "tests.process",
        "tests.process.jobs",
    }
    rooms = {name.split(".")[1] for name in loaded if name.startswith("app.")}
    assert rooms == {"domain", "process"}


@pytest.mark.skipif(sys.platform != "linux", reason="the parent-death signal is Linux's")
def test_a_child_never_outlives_a_killed_parent():
    script = (
        "import time; from app.process import Worker\n"
        "w = Worker('orphan', ('tests.process.jobs',)); w.call('tests.process.jobs:echo', {'value': 1})\n"
        "print(w.pid, flush=True); w.call('tests.process.jobs:spin', {})"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    with parent:
        child = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    for _ in range(100):
        if not _is_running(child):
            return
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    pytest.fail("the child lives on")


def test_a_program_that_forgets_to_close_its_worker_still_ends_clean(tmp_path):
    script = (
        "from app.process import Worker\n"
        "w = Worker('forgotten', ('tests.process.jobs',))\n"
        "print(w.call('tests.process.jobs:echo', {'value': 1}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "1\n", "")
    assert list(tmp_path.iterdir()) == []


def _is_running(pid: int) -> bool:
    """A zombie whose new parent has not reaped it yet is dead enough."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
