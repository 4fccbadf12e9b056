import pytest
pytestmark = pytest.mark.django_db
@pytest.mark.parametrize("path", ["centre","standards","facilities","facilities/new","wages","signatories","signatories/new"])
def test_x(client_for, path):
    r = client_for("administrator").get(f"/settings/{path}")
    assert r.status_code == 200
    r = client_for("administrator").post(f"/settings/{path}", {})
    assert r.status_code in (405, 422)
