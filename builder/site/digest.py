"""From content/ and mkdocs.yml to a letter that is ready to be looked at or sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from builder import history, library
from builder.analysis import analyse
from builder.mail import digest
from builder.mail.letter import Letter, letter
from builder.pages.shape import Shaper
from builder.site.request import Request, load


@dataclass(frozen=True, kw_only=True)
class Ready:
    """A letter. came: when its edition, or the last of its papers, came to the list; None where
    nobody knows. day: the day that it is of, for a message that is only looked at."""

    letter: Letter
    came: datetime | None
    day: datetime | None


def prepare(request: Request, edition: str | None = None, since: date | None = None) -> Ready:
    """The letter of an edition, without an id of the newest, or of the papers since a day.

    Raises ProblemsFound when content/ is not valid, BuildFailed when mkdocs.yml is wrong,
    MailFailed when there is nothing to tell.
    """
    config = load(request)
    settings = config.plugins["papershelf"].settings(config)
    loaded = library.load(settings.content)
    shaper = Shaper(loaded, analyse(loaded))
    timeline = history.timeline(loaded, history.read(settings.content))
    if since:
        made = digest.of_period(shaper, timeline, since)
        came = max(moment.added for moment in timeline.papers.values())
    else:
        made = digest.of_edition(shaper, edition)
        moment = timeline.editions.get(made.id)
        came = moment.added if moment else None
    return Ready(
        letter=letter(made, settings.site, settings.templates.parent / "mail"),
        came=came,
        day=datetime.combine(made.day, time(), UTC) if made.day else came,
    )
