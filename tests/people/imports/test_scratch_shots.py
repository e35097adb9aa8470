from pathlib import Path
import io, os
import pytest
from django.conf import settings
from django_rls_tenants import tenant_context
from people.services import imports
from people.models import ImportBatch

@pytest.mark.django_db(transaction=True)
def test_shots(live_server, page, adam, harbor):
    from django.test import Client
    c = Client(); c.force_login(adam.user)
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": c.cookies[settings.SESSION_COOKIE_NAME].value, "url": live_server.url}])
    out = Path("/tmp/imp_shots"); out.mkdir(exist_ok=True)
    root = live_server.url + "/o/harbor/people/import/"
    msgs=[]; page.on("console", lambda m: msgs.append(m.text))
    def shot(name):
        page.emulate_media(color_scheme="light"); page.set_viewport_size({"width":1280,"height":900}); page.screenshot(path=out/f"{name}.png", full_page=True)
        page.emulate_media(color_scheme="dark"); page.screenshot(path=out/f"{name}-dark.png", full_page=True)
        page.emulate_media(color_scheme="light"); page.set_viewport_size({"width":390,"height":844}); page.screenshot(path=out/f"{name}-phone.png", full_page=True)
        page.set_viewport_size({"width":1280,"height":900})
    page.goto(root); shot("list-empty")
    page.set_input_files("input[type=file]", "/work/shared/data/hrdataset_v14.csv")
    page.click("main form button[type=submit]")
    shot("columns")
    page.get_by_role("button", name="Check the file").click()
    shot("running")
    with tenant_context(harbor.pk):
        b = ImportBatch.objects.latest("pk"); imports.run_import(batch_id=b.pk)
    page.wait_for_selector("text=What the file would change")
    shot("checked")
    page.get_by_role("link", name="Apply…").click(); shot("apply")
    page.get_by_role("button", name="Write").click()
    with tenant_context(harbor.pk):
        imports.run_import(batch_id=b.pk)
    page.wait_for_selector("text=Import report"); shot("report")
    page.goto(root); shot("list")
    from axe_playwright_python.sync_playwright import Axe
    for u in ("", f"{b.pk}/", ):
        page.goto(root+u); r = Axe().run(page); print(u, r.generate_report())
    print(msgs)
