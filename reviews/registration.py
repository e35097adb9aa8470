"""What this room gives to the rooms below: obligation kinds, pages, documents, observers, pictures."""

from django.utils.translation import gettext_lazy as _

from documents.models import Document
from documents.registry import register_document_access, register_shipped_templates
from people.models import Membership
from people.registry import ProfileSection, register_departure_observer, register_profile_section, register_timeline
from pipcycle.ui import navigation, screens
from pipcycle.ui.screens import LIGHT, PHONE, Screen
from pips.registry import register_follow_up_page
from reviews import pulse_registration
from reviews import sharing_below as below
from reviews.obligations import ABOUT_PLAN_REVIEW, ABOUT_REVIEW, register_obligation_kinds
from reviews.rules import can_follow_cycles, has_reviews, reviews_others
from reviews.selectors.plan_reviews import plan_reviews_visible_to, readable_plan_reviews
from reviews.selectors.reviews import readable_reviews, reviews_visible_to
from reviews.services.following import employee_left
from reviews.wording import SHIPPED


def register() -> None:
    """Fill every registry; called once, when the application is ready."""
    register_obligation_kinds()
    register_shipped_templates([SHIPPED])
    register_document_access(ABOUT_REVIEW, may_read_document, readable=readable_reviews)
    register_document_access(ABOUT_PLAN_REVIEW, may_read_look_back, readable=readable_plan_reviews)
    register_departure_observer(employee_left)
    register_timeline(below.timeline)
    register_follow_up_page("reviews:plan_review")
    register_profile_section(
        ProfileSection(
            key="reviews",
            title=_("Reviews"),
            template="reviews/_profile.html",
            order=45,
            visible=below.sees_reviews_of,
            context=below.profile_context,
        )
    )
    pulse_registration.register()
    _register_pages()
    _register_screens()


def may_read_document(member: Membership, document: Document) -> bool:
    """Return whether the member may read a sealed review: whoever may open the review."""
    return reviews_visible_to(member).filter(pk=document.about_id).exists()


def may_read_look_back(member: Membership, document: Document) -> bool:
    """Return whether the member may read a sealed look back: whoever may read its plan."""
    return plan_reviews_visible_to(member).filter(pk=document.about_id).exists()


def _register_pages() -> None:
    item, section = navigation.NavigationItem, navigation.Section
    for entry in (
        item(section=section.MY_WORK, label=_("Reviews"), url_name="reviews:own", visible=has_reviews, order=35),
        item(
            section=section.TEAM,
            label=_("Team reviews"),
            url_name="reviews:review_list",
            visible=reviews_others,
            order=65,
        ),
        item(
            section=section.ORGANIZATION,
            label=_("Review cycles"),
            url_name="reviews:cycle_list",
            visible=can_follow_cycles,
            order=45,
        ),
    ):
        navigation.register(entry)


#: The latest cycle that compares ratings.
CALIBRATION = 'main a[href*="/calibration/"]'


def _register_screens() -> None:
    reviews = f"{screens.PORTAL}/reviews/"
    cycles = f"{reviews}cycles/"
    first = (screens.FIRST_ROW,)
    form = 'main a[href*="/reviews/forms/"]'
    screens.register(
        Screen(name="reviews", path=reviews, roles=("employee", "manager")),
        Screen(name="review-form", path=reviews, roles=("employee", "manager"), follow=(form,)),
        Screen(name="reviews-others", path=f"{reviews}all/", roles=("manager", "hr"), looks=(LIGHT, PHONE)),
        Screen(name="review", path=f"{reviews}all/?status=acknowledged", roles=("manager", "hr"), follow=first),
        Screen(
            name="review-raters",
            path=f"{reviews}all/",
            roles=("manager",),
            follow=(screens.FIRST_ROW, 'main a[href$="/raters/"]'),
            looks=(LIGHT, PHONE),
        ),
        Screen(name="review-calibration", path=f"{reviews}calibration/", roles=("hr",), follow=(CALIBRATION,)),
        Screen(name="review-cycles", path=cycles, roles=("hr",)),
        Screen(name="review-cycle", path=cycles, roles=("hr",), follow=first),
        Screen(name="review-cycle-new", path=f"{cycles}new/", roles=("hr",), looks=(LIGHT, PHONE)),
        Screen(
            name="review-cycle-people",
            path=cycles,
            roles=("hr",),
            follow=(screens.FIRST_ROW, 'main a[href$="/people/"]'),
            looks=(LIGHT, PHONE),
        ),
    )
