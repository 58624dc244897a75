"""The acceptance checklists of county, township and village (DOMAIN 6.2-6.4): the default list, declared once.

A plan may add items, drop some, and mark a veto for the reader to see. Items 5 (the service itself) are never scored, and
the items that guard personal information stay in every plan.
"""

from __future__ import annotations

from dataclasses import dataclass

LEVELS = {"C": "county", "T": "township", "V": "village"}
#: What fills an item: figures of the merged ledgers; papers on 佐证材料; a person who looks and ticks.
AUTO, EVIDENCE, PERSON = "auto", "evidence", "person"
SOURCES = (AUTO, EVIDENCE, PERSON)
#: Dimensions of R91; 5 is about the service to women and is never scored, ranked, given a target or a veto.
DIMENSIONS = {1: ("领导", "leadership"), 2: ("宣传教育", "publicity"), 3: ("利益导向", "support"), 4: ("案件查处", "cases"),
              5: ("随访服务", "service"), 6: ("统计与个人信息", "statistics and personal information")}
SERVICE = 5
#: Items about personal information: no plan may drop them.
ALWAYS = frozenset({"C-08", "C-09", "C-10", "C-11", "C-12", "C-13", "V-03", "V-04", "V-13"})
#: Figures 1-9 of DOMAIN 6.1, about women and births; never scored, ranked, given a target or a veto.
WOMEN_FIGURES = ("services_open", "assign_rate", "contact_rate", "window_rate", "postnatal_rate", "check42_rate", "needs", "needs_done_rate",
                 "needs_in_time_rate", "births", "boys", "girls", "births_by_order")


@dataclass(frozen=True)
class Item:
    """One line of a checklist. `requirements`: R numbers or articles it answers; `shown_only`: the figure is listed, nothing is judged."""

    code: str = ""
    text: str = ""
    en: str = ""
    requirements: tuple[str, ...] = ()
    source: str = EVIDENCE
    dimension: int = 1
    shown_only: bool = False
    veto: bool = False

    @property
    def level(self) -> str:
        """county, township or village, by the first letter of the code; "" for none of them."""
        return LEVELS.get(self.code[:1], "")


def _item(code: str, text: str, en: str, requirements: str, source: str, dimension: int, shown_only: bool = False) -> Item:
    return Item(code, text, en, tuple(requirements.split()), source, dimension, shown_only)


COUNTY = (
    _item("C-01", "责任制文件", "responsibility system document", "R147", EVIDENCE, 1),
    _item("C-02", "领导小组成立文件，组长为党政领导", "leading group document, chaired by a party or government leader", "R94 R44", EVIDENCE, 1),
    _item("C-03", "县对乡分包名单已公示", "list county to township, publicised", "R123 R148", AUTO, 1),
    _item("C-04", "分包人员月碰头会", "monthly meeting of area staff", "R125", AUTO, 1),
    _item("C-05", "部门协调会及会议材料", "coordination meetings with material", "R98 R18 R19", AUTO, 1),
    _item("C-06", "领导小组会议和专题会议", "leading-group and special meetings", "R54 R55", AUTO, 1),
    _item("C-07", "向上级和同级政府报告工作", "reports to the upper level and the government", "R124 R126", EVIDENCE, 1),
    _item("C-08", "个人信息保护影响评估，三年内有效", "personal-information impact assessment, less than 3 years old", "PIPL-55 PIPL-56", EVIDENCE, 6),
    _item("C-09", "告知书在用，人员知道不多问", "notice text in use, staff trained to ask nothing more", "PIPL-17 PIPL-29 PIPL-30", PERSON, 5),
    _item("C-10", "人员权限、培训和保密承诺", "access list, training, pledges", "PIPL-51", AUTO, 6),
    _item("C-11", "个人信息安全应急预案", "incident plan", "PIPL-57", EVIDENCE, 6),
    _item("C-12", "到期数据已清除", "retention kept and purge done", "PIPL-19 PIPL-47", PERSON, 6),
    _item("C-13", "上报文件不含服务册", "submissions without the service book", "PIPL-6", AUTO, 6, True),
    _item("C-14", "年度评估和人员考评办法", "yearly assessment and staff appraisal method", "R154 R155", EVIDENCE, 1),
    _item("C-15", "有奖举报办法已公布，保护举报人", "reward rule published, informants protected", "R96 R116", EVIDENCE, 4),
    _item("C-16", "机构检查", "institution inspections", "R72 R88 R103", AUTO, 4),
    _item("C-17", "案件月报齐全，含零报告", "case monthly reports complete, nil reports included", "R74 R75", AUTO, 4),
    _item("C-18", "整改事项已办结", "rectification list closed", "R92 R158", AUTO, 4),
    _item("C-19", "随机走访按抽样证书完成", "random visits done as certified", "R153", AUTO, 5),
    _item("C-20", "宣传品种类", "kinds of publicity material", "R99", AUTO, 2),
    _item("C-21", "帮扶、社会救助、养老保险、关爱女孩措施", "support measures in place", "R12 R13 R59 R60", EVIDENCE, 3),
)
TOWNSHIP = (
    _item("T-01", "责任制文件", "responsibility system document", "R147", EVIDENCE, 1),
    _item("T-02", "乡对村分包名单已公示", "list township to village, publicised", "R127 R148", AUTO, 1),
    _item("T-03", "落实的具体措施", "concrete measures", "R149", EVIDENCE, 1),
    _item("T-04", "考评奖惩办法，不含对妇女的处罚", "appraisal rules, with no penalty on women", "R149", PERSON, 1),
    _item("T-05", "分包人员月碰头会", "monthly meeting of area staff", "R136 R165", AUTO, 1),
    _item("T-06", "各村文件均已汇总", "every village's file merged", "R130", AUTO, 6),
    _item("T-07", "月度问候已安排", "monthly greeting organised", "R131 R133", AUTO, 5, True),
    _item("T-08", "案件月报按期，可零报告", "case report by the due date, nil allowed", "R74 R75 R76", AUTO, 4),
    _item("T-09", "自查自纠报告", "self-check report", "R50", EVIDENCE, 6),
    _item("T-10", "小结", "summary of the work", "R53", EVIDENCE, 6),
    _item("T-11", "动员会议和实施方案", "mobilisation meeting and plan", "R39 R49", EVIDENCE, 1),
    _item("T-12", "联合督查记录", "joint inspection record", "R51", EVIDENCE, 1),
    _item("T-13", "年度评估", "yearly assessment", "R154", EVIDENCE, 1),
    _item("T-14", "宣传车、宣传点、明白纸", "publicity: van, points, leaflets", "R22 R23", AUTO, 2),
    _item("T-15", "各机构超声设备登记册", "ultrasound equipment register of each clinic", "R72 R88", EVIDENCE, 4),
    _item("T-16", "手术登记册由有资质的机构保存，不抄录患者", "operation register kept by the licensed institution, no rows copied", "R88", EVIDENCE, 4),
    _item("T-17", "药品购进和使用登记册", "drug purchase and use register", "R27 R88", EVIDENCE, 4),
    _item("T-18", "机构新生儿出生和死亡登记册", "newborn birth and death register of institutions", "R88", EVIDENCE, 4),
    _item("T-19", "机构警示标志", "warning signs in clinics", "R103", EVIDENCE, 4),
    _item("T-20", "领导小组和成员部门到位", "leading group and departments represented", "R80", AUTO, 1),
    _item("T-21", "办公台账没有未改正的错误", "no unresolved errors of office ledgers", "R17", AUTO, 6),
    _item("T-22", "重复与冲突已裁定", "conflicts resolved", "R10", AUTO, 6),
)
VILLAGE = (
    _item("V-01", "责任制文件、村领导小组", "responsibility document, village leading group", "R81 R147", EVIDENCE, 1),
    _item("V-02", "村责任人名单到人", "list village to person", "R148", AUTO, 1),
    _item("V-03", "服务册（在孕）已加密、专人保管，不看内容", "service book (antenatal) encrypted, kept by one person; content not looked at", "R151", PERSON, 5),
    _item("V-04", "服务册（产后）已加密、专人保管，不看内容", "service book (postnatal) encrypted, kept by one person; content not looked at", "R151", PERSON, 5),
    _item("V-05", "提供生育登记办事信息", "information about birth registration offered", "R151", EVIDENCE, 3),
    _item("V-06", "每月工作记录", "work record each month", "R152", AUTO, 1),
    _item("V-07", "本人提出的需求已办理、已上报", "needs handled and reported", "R141", AUTO, 5, True),
    _item("V-08", "月报按期，含零报告", "monthly file on time, nil reports included", "R75", AUTO, 6),
    _item("V-09", "宣传栏和宣传品", "notice board and materials", "R24 R99", EVIDENCE, 2),
    _item("V-10", "村规民约已修订，没有不利于妇女和女孩的条款", "village rules revised, no clause against women or girls", "R26", PERSON, 3),
    _item("V-11", "有服务告知书", "notice form available", "PIPL-17", PERSON, 5),
    _item("V-12", "随机走访已完成", "random visit carried out", "R153", EVIDENCE, 5),
    _item("V-13", "没有不得收集的列", "no forbidden columns", "PIPL-6", AUTO, 6),
    _item("V-14", "过期的村级工作簿已清除", "old village workbooks purged", "PIPL-19 PIPL-47", PERSON, 6),
)
ITEMS = COUNTY + TOWNSHIP + VILLAGE
BY_CODE = {item.code: item for item in ITEMS}
