"""Addresses of the templates of forms."""

from typing import Any

from documents.enums import FormKind
from documents.models import FormTemplate, FormTemplateVersion
from tests.tenancy.world import FORBIDDEN, OK, WRITE_ONLY, Sample, World

CONTENT = {"name": "Talk", "purpose": "", "title": "Talk", "sections": {}}
WORDS_FORMS = {"adam": OK, "hana": OK}


def _template(world: World) -> dict[str, Any]:
    template = world.one(FormTemplate, kind=FormKind.CHECK_IN)
    world.one(FormTemplateVersion, template=template, content=CONTENT)
    return {"template_id": template.pk}


SAMPLES: dict[str, Sample] = {
    "documents:template_list": Sample(WORDS_FORMS),
    "documents:template_detail": Sample(WORDS_FORMS, FORBIDDEN, _template),
    "documents:template_edit": Sample(WORDS_FORMS, FORBIDDEN, _template),
    "documents:template_publication": Sample(WORDS_FORMS, FORBIDDEN, _template),
    "documents:template_copy": Sample(WORDS_FORMS, FORBIDDEN, _template),
    "documents:template_offer": Sample({}, WRITE_ONLY, _template),
    "documents:template_preview": Sample({}, WRITE_ONLY, _template),
}
