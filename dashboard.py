"""The door: page set-up, menu, then the page. Run it with `streamlit run dashboard.py`."""

import streamlit as st

from readiness.language import _
from ui.frame import guarded, heal_first_deep_link, set_up
from ui.language import follow_address, frontend_words, language_switch
from ui.people import who_switch
from ui.reads import data_stamp, reference, subdistrict_name
from ui.session import turn_to
from ui.wall import asked as wall_asked


def main() -> None:
    """Sets up the page, shows the menu and runs the page that was asked for."""
    follow_address()
    set_up(_("{subdistrict} 创文迎检").format(subdistrict=subdistrict_name()))
    frontend_words()
    heal_first_deep_link()
    if wall_asked():
        st.navigation([st.Page("pages/screen/wall.py", title=_("大屏"), default=True)], position="hidden").run()
        return
    page = st.navigation([
        st.Page("pages/meeting/overview.py", title=_("总览"), default=True),
        st.Page("pages/meeting/map.py", title=_("问题地图")),
        st.Page("pages/meeting/trends.py", title=_("趋势")),
        st.Page("pages/meeting/area.py", title=_("居民区"), url_path="area"),
        st.Page("pages/meeting/unit.py", title=_("责任单位"), url_path="unit"),
        st.Page("pages/meeting/chiefs.py", title=_("责任网格"), url_path="chiefs"),
        st.Page("pages/meeting/special.py", title=_("专项检查"), url_path="special"),
        st.Page("pages/meeting/patrols.py", title=_("巡查志愿"), url_path="patrols"),
        st.Page("pages/meeting/relapse.py", title=_("回潮"), url_path="relapse"),
        st.Page("pages/office/ledger.py", title=_("问题台账"), url_path="ledger"),
        st.Page("pages/office/followup.py", title=_("督办"), url_path="followup"),
        st.Page("pages/meeting/meeting.py", title=_("会议汇报"), url_path="meeting"),
        st.Page("pages/meeting/decisions.py", title=_("任务督办"), url_path="decisions"),
        st.Page("pages/office/intake.py", title=_("数据上报")),
        st.Page("pages/office/integrity.py", title=_("数据体检"), url_path="integrity"),
    ], position="top")
    who_switch(reference(data_stamp()))
    language_switch()
    turn_to(page.url_path)
    page.run()


guarded(main)
