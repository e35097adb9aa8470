"""Which pages ``make screens`` draws, for whom and in which looks; a room adds its own with ``register``.

Drawing is also a check: a page that answers with an error, writes to the console or scrolls sideways is reported.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict

from pipcycle.ui.demo import DEMO_PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Response

ORGANIZATION = "harbor"
NOBODY = "visitor"
STAFF = ("hr", "manager", "employee", "admin", "executive")


class Media(TypedDict):
    """How the browser is asked to show a page."""

    media: Literal["screen", "print"]
    color_scheme: Literal["light", "dark"]


@dataclass(frozen=True)
class Look:
    """A size of the window and a way to show the page."""

    name: str
    width: int
    height: int
    media: Media


LIGHT = Look("light", 1440, 900, {"media": "screen", "color_scheme": "light"})
DARK = Look("dark", 1440, 900, {"media": "screen", "color_scheme": "dark"})
PHONE = Look("phone", 390, 844, {"media": "screen", "color_scheme": "light"})
PAPER = Look("print", 794, 1123, {"media": "print", "color_scheme": "light"})
USUAL = (LIGHT, DARK, PHONE)


@dataclass(frozen=True, kw_only=True)
class Screen:
    """A page to draw. ``follow`` names the links (CSS selectors) that lead from ``path`` to the page meant."""

    name: str
    path: str
    roles: tuple[str, ...] = STAFF
    follow: tuple[str, ...] = ()
    looks: tuple[Look, ...] = USUAL
    status: int = HTTPStatus.OK


PORTAL = f"/o/{ORGANIZATION}"
PEOPLE = f"{PORTAL}/people/"
PLANS = f"{PORTAL}/plans/"
DISCIPLINE = f"{PORTAL}/discipline/"
FIRST_ROW = "main tbody tr:first-child a"
SCREENS: dict[str, Screen] = {}


def row_with(words: str) -> str:
    """Return the selector of the link in the first row of a table that says ``words``."""
    return f'main tbody tr:has-text("{words}") a'


def step(name: str) -> str:
    """Return the selector of the link to a page named so: a step of a plan, of a goal, of an upload."""
    return f'main a[href$="/{name}/"]'


def register(*screens: Screen) -> None:
    """Add pages; a name given again replaces the page."""
    SCREENS.update({screen.name: screen for screen in screens})


register(
    Screen(name="sign-in", path="/accounts/login/", roles=(NOBODY,)),
    Screen(name="password-reset", path="/accounts/password/reset/", roles=(NOBODY,), looks=(LIGHT, PHONE)),
    Screen(name="gallery", path="/gallery/", roles=(NOBODY,), looks=(*USUAL, PAPER)),
    Screen(name="home", path=f"{PORTAL}/"),
    Screen(name="not-found", path=f"{PORTAL}/nowhere/", roles=("employee",), status=HTTPStatus.NOT_FOUND),
    Screen(name="no-access", path=f"{PEOPLE}import/", roles=("employee",), status=HTTPStatus.FORBIDDEN),
    Screen(name="search", path=f"{PORTAL}/search/?q=an", roles=("hr",)),
    Screen(name="people", path=PEOPLE, roles=("hr", "admin")),
    Screen(name="person", path=PEOPLE, roles=("hr", "admin"), follow=(FIRST_ROW,)),
    Screen(name="leave-new", path=PEOPLE, roles=("hr",), follow=(FIRST_ROW, 'main a[href$="/leave/new/"]')),
    Screen(name="team", path=f"{PEOPLE}team/", roles=("manager",)),
    Screen(name="me", path=f"{PEOPLE}me/", roles=("employee", "manager")),
    Screen(name="import", path=f"{PEOPLE}import/", roles=("admin",)),
    Screen(name="plans", path=PLANS, roles=("hr", "manager", "employee")),
    Screen(
        name="plan",
        path=PLANS,
        roles=("hr", "manager", "employee"),
        follow=(row_with("Active"),),
        looks=(*USUAL, PAPER),
    ),
    Screen(name="plan-decided", path=PLANS, roles=("hr",), follow=(row_with("Decided"),)),
    Screen(
        name="plan-amended",
        path=PLANS,
        roles=("hr", "manager"),
        follow=(row_with("Extended"),),
    ),
    Screen(name="plan-change", path=PLANS, roles=("manager",), follow=(row_with("Alice"), step("amendments/new"))),
    Screen(
        name="plan-change-review",
        path=f"{PORTAL}/",
        roles=("hr",),
        follow=('main a[href*="/due/amendment/"]', 'main a[href$="/review/"]'),
    ),
    Screen(name="plan-extension", path=PLANS, roles=("manager",), follow=(row_with("Alice"), step("extension"))),
    Screen(name="plan-new", path=f"{PLANS}new/", roles=("manager",)),
    Screen(name="plan-draft", path=PLANS, roles=("manager",), follow=(row_with("Draft"), step("draft"))),
    Screen(
        name="plan-draft-preview",
        path=PLANS,
        roles=("manager",),
        follow=(row_with("Draft"), step("draft"), step("preview")),
    ),
    Screen(name="plan-review", path=PLANS, roles=("hr",), follow=(row_with("In review"), step("review"))),
    Screen(name="plan-issue", path=PLANS, roles=("manager",), follow=(row_with("Approved"), step("issue"))),
    Screen(name="plan-outcome", path=PLANS, roles=("hr",), follow=(row_with("Viktor"), step("outcome"))),
    Screen(
        name="check-in",
        path=PLANS,
        roles=("manager",),
        follow=(row_with("Alice"), 'main a[href*="/check-ins/"]'),
    ),
    Screen(name="plan-unsuccessful", path=PLANS, roles=("hr",), follow=(row_with("Unsuccessful"),)),
    Screen(name="discipline", path=DISCIPLINE, roles=("hr", "manager")),
    Screen(
        name="discipline-action",
        path=DISCIPLINE,
        roles=("hr", "manager"),
        follow=(row_with("Acknowledged"),),
        looks=(*USUAL, PAPER),
    ),
    Screen(name="discipline-appeal", path=DISCIPLINE, roles=("hr",), follow=(row_with("Reduced"),)),
    Screen(name="discipline-expired", path=DISCIPLINE, roles=("hr",), follow=(row_with("Expired"),)),
    Screen(name="discipline-draft", path=DISCIPLINE, roles=("manager",), follow=(row_with("Draft"), step("draft"))),
    Screen(name="discipline-review", path=DISCIPLINE, roles=("hr",), follow=(row_with("HR review"), step("review"))),
    Screen(
        name="rebuttal",
        path=PLANS,
        roles=("employee",),
        follow=(row_with("Active"), 'main a[href$="/voice/rebuttal/"]'),
    ),
    Screen(
        name="accommodation-new",
        path=PLANS,
        roles=("employee",),
        follow=(row_with("Active"), 'main a[href$="/voice/accommodations/new/"]'),
    ),
    Screen(name="verify", path=PLANS, roles=("employee",), follow=(row_with("Active"), 'main a[href*="/verify/"]')),
    Screen(name="outbox", path="/demo/outbox/", roles=(NOBODY,)),
)


@dataclass(frozen=True)
class Drawn:
    """One picture and what was wrong with the page, if anything."""

    file: Path
    complaints: tuple[str, ...]


def draw_screens(*, base_url: str, browser: "Browser", folder: Path, only: str = "") -> Iterator[Drawn]:
    """Draw every page whose name contains ``only``, role by role, into ``folder``; yield each picture as it is made."""
    for role in (NOBODY, *STAFF):
        wanted = [screen for screen in SCREENS.values() if role in screen.roles and only in screen.name]
        if not wanted:
            continue
        context = browser.new_context(base_url=base_url, reduced_motion="reduce")
        if role != NOBODY:
            sign_in(context, f"{role}@{ORGANIZATION}.example")
        for screen in wanted:
            yield from _draw(context, screen, role=role, folder=folder)
        context.close()


def sign_in(context: "BrowserContext", email: str) -> None:
    """Sign a demo person in through the form. Raises RuntimeError when the form refuses."""
    page = context.new_page()
    page.goto("/accounts/login/")
    page.locator("#id_login").fill(email)
    page.locator("#id_password").fill(DEMO_PASSWORD)
    page.locator("#id_password").press("Enter")
    page.wait_for_load_state()
    if "/accounts/login/" in page.url:
        message = f"{email} cannot sign in: is the demo seeded?"
        raise RuntimeError(message)
    page.close()


def _draw(context: "BrowserContext", screen: Screen, *, role: str, folder: Path) -> Iterator[Drawn]:
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    answer = page.goto(screen.path)
    for selector in screen.follow:
        link = page.locator(selector).first
        if link.count() == 0:
            complaints.append(f"has no link {selector} on {page.url}")
            break
        answer = page.goto(str(link.get_attribute("href")))
    wrong_status = answer_status(answer) != screen.status
    for look in screen.looks:
        _show(page, look)
        if screen.status != HTTPStatus.OK:
            complaints.clear()  # the browser itself reports such an answer
        if wrong_status:
            complaints.append(f"answered {answer_status(answer)} instead of {screen.status}")
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wider > 0:
            complaints.append(f"is {wider} px wider than the window")
        file = folder / f"{screen.name}.{role}.{look.name}.png"
        page.screenshot(path=file, full_page=True)
        yield Drawn(file, tuple(complaints))
        complaints.clear()
    page.close()


_SCROLL_THROUGH = """async () => {
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight / 2) {
    scrollTo(0, y);
    await new Promise((done) => setTimeout(done, 40));
  }
  const isWaiting = () => [...document.querySelectorAll("[data-chart-place]")].some((place) => place.checkVisibility());
  for (let round = 0; round < 100 && isWaiting(); round += 1) await new Promise((done) => setTimeout(done, 50));
  scrollTo(0, 0);
  document.activeElement?.blur();
}"""


def _show(page: "Page", look: Look) -> None:
    """Show the page as a window of that size gets it, with the charts that are fetched when they come into view."""
    size = page.viewport_size
    page.set_viewport_size({"width": look.width, "height": look.height})
    page.emulate_media(**look.media)
    if size is None or size["width"] != look.width:
        page.reload()
    page.evaluate(_SCROLL_THROUGH)


def answer_status(answer: "Response | None") -> int:
    """Return the status of the answer, 0 without one."""
    return answer.status if answer is not None else 0
