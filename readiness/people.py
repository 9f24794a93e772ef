"""People: who is at work, in which role, and whose data each may change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from readiness.language import N_, _, n_
from readiness.model import ReadinessError

OFFICE = "office"
AREA_STAFF = "area"
LEADERSHIP = "leadership"
WALL = "wall"
ROLE_WORDS = {OFFICE: N_("办公室"), AREA_STAFF: N_("居民区工作人员"), LEADERSHIP: N_("领导"), WALL: N_("大屏")}
ROLES = tuple(ROLE_WORDS)
WRITERS = (OFFICE, AREA_STAFF)


@dataclass(frozen=True)
class User:
    """Who does something: a name, a role of ROLES and, of area staff, the codes of the areas they answer for."""

    name: str
    role: str
    areas: frozenset[str] = frozenset()

    @property
    def sees_phones(self) -> bool:
        """Whether telephone numbers are shown whole: for the office alone."""
        return self.role == OFFICE

    def may_change(self, area_codes: Iterable[str] | None) -> bool:
        """Whether what belongs to these areas is this user's to change; None: what holds for the whole office.

        >>> User("李四", AREA_STAFF, frozenset({"1"})).may_change(["1"]), User("王五", LEADERSHIP).may_change([])
        (True, False)
        """
        if self.role == OFFICE:
            return True
        return self.role == AREA_STAFF and area_codes is not None and set(area_codes) <= self.areas


def refuse_change(user: User, area_codes: Iterable[str] | None) -> None:
    """Raises ReadinessError, in one sentence, for what the user may not change; area_codes as User.may_change."""
    codes = None if area_codes is None else set(area_codes)
    if not user.name.strip():
        raise ReadinessError(_("请先说明您是谁：每一步都要记下是谁做的。"))
    if user.may_change(codes):
        return
    if user.role not in WRITERS:
        raise ReadinessError(_(
            "“{name}”以“{role}”身份查看，不能改动数据；要改动，请以办公室或居民区工作人员的身份进入。").format(
                name=user.name, role=_(ROLE_WORDS.get(user.role, user.role))))
    if codes is None:
        raise ReadinessError(_("这会影响全街道的数据，只有办公室可以改动。"))
    raise ReadinessError(n_("“{name}”只能改动本居民区的数据，这里还涉及另外 {n} 个居民区，请交给办公室。",
                            len(codes - user.areas), name=user.name))
