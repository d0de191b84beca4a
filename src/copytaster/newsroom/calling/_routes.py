"""The routes a house has set, with their secrets from the environment or a file."""

import os
from collections.abc import Mapping

from copytaster.config import AlertsTable
from copytaster.config import ConfigError
from copytaster.config import MailTable
from copytaster.config import WebhookTable
from copytaster.newsroom.calling._command import Command
from copytaster.newsroom.calling._mail import Mail
from copytaster.newsroom.calling._route import Route
from copytaster.newsroom.calling._secrets import secret
from copytaster.newsroom.calling._secrets import signing_key
from copytaster.newsroom.calling._webhook import Webhook
from copytaster.wire import Secret


def routes(table: AlertsTable, site: str, environ: Mapping[str, str] = os.environ) -> list[Route]:
    """The ways to reach a person; none when nothing is set. ``site`` is the site's name.

    Raises ConfigError when a secret that is named is not there: a desk that could call nobody
    must not start as if it could.
    """
    found: list[Route] = []
    if table.email is not None:
        found.append(by_mail(table.email, site, environ))
    if (hook := table.webhook) is not None:
        found.append(_webhook(hook, site, environ))
    if table.command is not None:
        found.append(Command(table=table.command, site=site))
    return found


def by_mail(table: MailTable, site: str, environ: Mapping[str, str]) -> Mail:
    """The way through the house's own mail server. Raises ConfigError as :func:`routes` does."""
    login = secret("alerts.email.login", table.login_env, table.login_file, environ)
    if login is not None and ":" not in login.word:
        raise ConfigError("alerts.email.login: write it as user:password")
    return Mail(table=table, site=site, login=login)


def _webhook(table: WebhookTable, site: str, environ: Mapping[str, str]) -> Webhook:
    what = "alerts.webhook"
    return Webhook(
        url=secret(f"{what}.url", table.url_env, None, environ) or Secret(table.url or ""),
        site=site,
        token=secret(f"{what}.token", table.token_env, table.token_file, environ),
        key=signing_key(f"{what}.secret", table.secret_env, table.secret_file, environ),
    )
