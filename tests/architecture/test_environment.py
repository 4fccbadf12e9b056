"""Settings come from the environment, typed, and fail loudly; development needs none of them."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from config.env import BadEnvironment, database, mail_server, read
from config.settings.base import DEVELOPMENT_KEY
from tests.architecture.source import ROOT

GOOD = {
    "SECRET_KEY": "a-secret-key-of-the-tests-that-is-long-enough-for-django-to-accept-it",
    "ALLOWED_HOSTS": "saan.example",
    "ENCRYPTION_KEY": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
}


def test_development_needs_nothing():
    env = read({})
    assert env.database_url.startswith("sqlite:///")
    assert env.database_url.endswith("var/saan.sqlite3")
    assert env.public_url == ""
    assert not env.debug


def test_data_lies_where_the_installation_says(tmp_path):
    env = read({"SAAN_VAR": str(tmp_path)})
    assert env.var == tmp_path
    assert env.database_url == f"sqlite:///{tmp_path}/saan.sqlite3"


@pytest.mark.parametrize(
    ("name", "value"),
    [("DEBUG", "maybe"), ("PUBLIC_URL", "saan.example"), ("PUBLIC_URL", "ftp://saan.example")],
)
def test_a_value_of_the_wrong_shape_is_named(name, value):
    with pytest.raises(BadEnvironment, match=name):
        read({name: value})


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense", ""])
def test_another_kind_of_database_is_refused(url):
    with pytest.raises(BadEnvironment, match="DATABASE_URL"):
        database(url)


def test_the_folder_of_a_new_database_is_made(tmp_path):
    database(f"sqlite:///{tmp_path}/new/folder/saan.sqlite3")
    assert (tmp_path / "new" / "folder").is_dir()


def test_a_password_may_hold_any_sign():
    settings = database("postgresql://saan:p%40ss%2Fword@db.example:5433/saan")
    assert settings["PASSWORD"] == "p@ss/word"
    assert (settings["HOST"], settings["PORT"], settings["NAME"]) == ("db.example", "5433", "saan")


def test_a_public_address_has_no_slash_at_its_end():
    assert read({"PUBLIC_URL": "https://saan.example/"}).public_url == "https://saan.example"


SERVE = "import config.wsgi"


def start_in_production(environment, code=SERVE):
    clean = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG"}}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**clean, "DJANGO_SETTINGS_MODULE": "config.settings.prod", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "ENCRYPTION_KEY"])
def test_production_does_not_serve_without(missing, tmp_path):
    some = {k: v for k, v in GOOD.items() if k != missing}
    started = start_in_production({**some, "SAAN_VAR": str(tmp_path)})
    assert started.returncode
    assert missing in started.stderr


def test_production_does_not_serve_with_the_key_that_everybody_knows(tmp_path):
    known = {**GOOD, "SECRET_KEY": DEVELOPMENT_KEY, "SAAN_VAR": str(tmp_path)}
    started = start_in_production(known)
    assert started.returncode
    assert "SECRET_KEY" in started.stderr


CHECK = (
    "import sys; from django.core.management import execute_from_command_line as run;"
    " run(['manage.py', *{arguments!r}])"
)


def test_the_check_lists_everything_that_is_missing_at_once(tmp_path):
    code = CHECK.format(arguments=["check", "--deploy"])
    found = start_in_production({"SAAN_VAR": str(tmp_path)}, code)
    assert found.returncode
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "ENCRYPTION_KEY", "PUBLIC_URL", "BACKUP_DIR"):
        assert name in found.stderr, name
    assert "EMAIL_URL" in found.stderr


def test_no_command_runs_without_what_production_needs(tmp_path):
    code = CHECK.format(arguments=["worker", "--batch"])
    found = start_in_production({"SAAN_VAR": str(tmp_path)}, code)
    assert found.returncode
    assert "saan.E010" in found.stderr


def test_a_key_that_others_can_read_is_told(tmp_path):
    key = tmp_path / "key"
    key.write_text(GOOD["ENCRYPTION_KEY"])
    key.chmod(0o644)
    given = {**GOOD, "ENCRYPTION_KEY": "", "ENCRYPTION_KEY_FILE": str(key)}
    code = CHECK.format(arguments=["check", "--deploy"])
    there = {**given, "SAAN_VAR": str(tmp_path), "BACKUP_DIR": str(tmp_path / "other")}
    assert f"chmod 600 {key}" in start_in_production(there, code).stderr
    key.chmod(0o600)
    assert f"chmod 600 {key}" not in start_in_production(there, code).stderr


def test_production_starts_with_what_it_needs(tmp_path):
    started = start_in_production({**GOOD, "SAAN_VAR": str(tmp_path)})
    assert started.returncode == 0, started.stderr


def test_the_readme_commands_exist():
    makefile = (ROOT / "Makefile").read_text()
    for target in ("setup", "run", "test", "check", "bench", "screenshots"):
        assert f"\n{target}:" in makefile


def test_without_a_mail_server_nothing_is_sent():
    assert "console" in mail_server("").backend


def test_a_mail_server_is_one_address():
    server = mail_server("smtp://post%40saan:p%2Fw@mail.example")
    assert (server.host, server.port, server.user, server.password) == (
        "mail.example", 587, "post@saan", "p/w",
    )  # fmt: skip
    assert server.use_tls
    assert not server.use_ssl
    assert mail_server("smtps://u:p@mail.example").port == 465


@pytest.mark.parametrize("url", ["http://mail.example", "smtp://", "mail.example"])
def test_another_kind_of_mail_server_is_refused(url):
    with pytest.raises(BadEnvironment, match="EMAIL_URL"):
        mail_server(url)
