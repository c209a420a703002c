"""pyproject.toml, requirements.lock, environment.yml and the README agree, so that every way in is the same."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPOSITORY = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
ENGINES = (REPOSITORY / "requirements-engines.lock").read_text(encoding="utf-8")
BENCH = (REPOSITORY / "requirements-bench.lock").read_text(encoding="utf-8")
ENVIRONMENT = (REPOSITORY / "environment.yml").read_text(encoding="utf-8")
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


def pins(lock: str) -> list[tuple[str, str]]:
    return re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", lock, flags=re.MULTILINE)


def wanted() -> list[Requirement]:
    project = PROJECT["project"]["dependencies"]
    return [
        Requirement(text)
        for text in [*project, *PROJECT["dependency-groups"]["dev"], *PROJECT["build-system"]["requires"]]
    ]


def group(name: str) -> list[Requirement]:
    return [Requirement(text) for text in PROJECT["dependency-groups"][name]]


@pytest.mark.parametrize(
    ("lock", "asked"),
    [(LOCK, wanted()), (ENGINES, group("engines")), (BENCH, group("bench"))],
    ids=["requirements", "engines", "bench"],
)
def test_the_lock_pins_what_the_project_asks_for(lock: str, asked: list[Requirement]):
    pinned = {}
    for name, version in pins(lock):
        pinned.setdefault(canonicalize_name(name), []).append(version)
    for requirement in asked:
        versions = pinned.get(canonicalize_name(requirement.name), [])
        assert versions, f"{requirement.name} is not in the lock: run make lock"
        assert all(requirement.specifier.contains(version) for version in versions), requirement.name


@pytest.mark.parametrize("other", [ENGINES, BENCH], ids=["engines", "bench"])
def test_the_locks_pin_the_same_versions(other: str):
    ours, theirs = ({canonicalize_name(n): v for n, v in pins(lock)} for lock in (LOCK, other))
    assert {name: ours[name] for name in theirs if name in ours} == {n: v for n, v in theirs.items() if n in ours}


@pytest.mark.parametrize(
    ("lock", "least"), [(LOCK, 100), (ENGINES, 20), (BENCH, 10)], ids=["requirements", "engines", "bench"]
)
def test_every_pin_has_a_hash_and_no_address(lock: str, least: int):
    assert len(pins(lock)) > least
    entries = re.split(r"^(?=[A-Za-z0-9])", lock, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in lock
    assert "index-url" not in lock


def test_conda_takes_python_and_pip_and_the_same_lock():
    python = PROJECT["project"]["requires-python"]
    assert f"python{python}" in ENVIRONMENT
    assert "--require-hashes" in ENVIRONMENT
    assert "-r requirements.lock" in ENVIRONMENT
    lines = [line.strip() for line in ENVIRONMENT.splitlines() if line.strip().startswith("- ")]
    assert lines == [f"- python{python}", "- pip", "- pip:", "- --require-hashes", "- -r requirements.lock"]


def test_supported_pythons_are_said_alike():
    versions = re.findall(r"Python :: (3\.\d+)", " ".join(PROJECT["project"]["classifiers"]))
    assert versions == ["3.11", "3.12", "3.13"]
    assert PROJECT["project"]["requires-python"] == ">=3.11,<3.14"
    assert "Python 3.11, 3.12 or 3.13" in README


def test_the_readme_shows_the_two_commands_first():
    blocks = re.findall(r"```\n(.*?)```", README, flags=re.DOTALL)
    assert [line.split("#")[0].strip() for line in blocks[0].strip().splitlines()] == ["make lab", "make test"]


def test_ci_runs_the_readmes_test_command():
    assert "make test" in (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8")
