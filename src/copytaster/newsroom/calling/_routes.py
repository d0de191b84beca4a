"""The routes a house has set, with their secrets from the environment or a file."""

import os
from collections.abc import Mapping
from pathlib import Path

from copytaster.config import AlertsTable
from copytaster.config import ConfigError
from copytaster.config import WebhookTable
from copytaster.newsroom.calling._command import Command
from copytaster.newsroom.calling._mail import Mail
from copytaster.newsroom.calling._route import Route
from copytaster.newsroom.calling._webhook import Webhook
from copytaster.newsroom.calling._webhook import signature
from copytaster.wire import Secret


def routes(table: AlertsTable, site: str, environ: Mapping[str, str] = os.environ) -> list[Route]:
    """The ways to reach a person; none when nothing is set. ``site`` is the site's name.

    Raises ConfigError when a secret that is named is not there: a desk that could call nobody
    must not start as if it could.
    """
    found: list[Route] = []
    if (mail := table.email) is not None:
        login = _secret("email.login", mail.login_env, mail.login_file, environ)
        if login is not None and ":" not in login.word:
            raise ConfigError("alerts.email.login: write it as user:password")
        found.append(Mail(table=mail, site=site, login=login))
    if (hook := table.webhook) is not None:
        found.append(_webhook(hook, site, environ))
    if table.command is not None:
        found.append(Command(table=table.command, site=site))
    return found


def _webhook(table: WebhookTable, site: str, environ: Mapping[str, str]) -> Webhook:
    key = _secret("webhook.secret", table.secret_env, table.secret_file, environ)
    try:
        if key is not None:
            signature(key, "", "", b"")
    except ValueError as error:
        raise ConfigError("alerts.webhook.secret: what follows whsec_ must be base64") from error
    return Webhook(
        url=_secret("webhook.url", table.url_env, None, environ) or Secret(table.url or ""),
        site=site,
        token=_secret("webhook.token", table.token_env, table.token_file, environ),
        key=key,
    )


def _secret(
    what: str, env: str | None, file: str | None, environ: Mapping[str, str]
) -> Secret | None:
    """The secret where one is named; a variable goes before a file."""
    if env is None and file is None:
        return None
    word = environ.get(env, "").strip() if env else ""
    if not word and file:
        word = _word_in(what, Path(file))
    if not word or not word.isascii() or not word.isprintable():
        raise ConfigError(f"alerts.{what}: {env or file} holds no secret; set it, in plain ASCII")
    return Secret(word)


def _word_in(what: str, path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "not plain ASCII"
        raise ConfigError(f"alerts.{what}: {path}: {why}; write the secret into it") from error
