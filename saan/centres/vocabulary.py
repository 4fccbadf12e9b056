"""How centres are called on their own letters: in Thai, whatever the language of the page."""

from __future__ import annotations


def usual_centre_name(province_th: str) -> str:
    """The name of a province's centre, unless it says otherwise. Bangkok is no “changwat”."""
    if province_th.startswith("กรุงเทพ"):
        return f"ศูนย์คุ้มครองคนไร้ที่พึ่ง{province_th}"
    return f"ศูนย์คุ้มครองคนไร้ที่พึ่งจังหวัด{province_th}"
