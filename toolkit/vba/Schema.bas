Attribute VB_Name = "Schema"
Option Explicit
' Written by scripts/build_vba.py from toolkit/schema and toolkit/rules. Do not edit.

Public Const LEDGER_IDS As String = "pregnancies|visits|births|birth_orders|staff|cases|works|evidence"
Public Const SERVICE_BOOK As String = "pregnancies|visits"
Public Const IGNORED_HEADERS As String = "序号|序|编次|本行提示|标记|标记|来源单位代码|来源月份|来源版次|来源文件|来源工作表|来源行"
Public Const LAST_PERIOD As String = "末次月经|LMP|末次月经日期|末次月经时间"
Public Const UNKNOWN_TEXTS As String = "#BLOCKED!|#BUSY!|#CALC!|#CONNECT!|#DIV/0!|#FIELD!|#G107!|#G112!|#GETTING_DATA|#K103!|#K104!|#K105!|#N/A|#NAME?|#NULL!|#NUM!|#REF!|#SPILL!|#UNKNOWN!|#VALUE!"
Public Const SHARED_RULES As String = "F105|F108|G101|G102|G103|G104|G106|G108|G109|P101|P121|V101|V104|V108|V110|V111|B101|S101|C102|C103|K102|K107|K110|K111|K112"
Public Const SIDE_BY_SIDE As String = "并排"
Public Const NO_COVER As String = "封面"
Public Const ORGANISATIONS As String = "1|4|5|7|8"
Public Const STAGE_NEEDS As String = "filed_on:1,2,3,4|legal_basis:1,2,3,4|decided_on:2,3,4|decision_no:2,3,4|fine:2,3,4|closed_on:4|archive_no:4"

Public Function LedgerText(ByVal ledger As String) As String
    Select Case ledger
        Case "pregnancies": LedgerText = Ledger_pregnancies()
        Case "visits": LedgerText = Ledger_visits()
        Case "births": LedgerText = Ledger_births()
        Case "birth_orders": LedgerText = Ledger_birth_orders()
        Case "staff": LedgerText = Ledger_staff()
        Case "cases": LedgerText = Ledger_cases()
        Case "works": LedgerText = Ledger_works()
        Case "evidence": LedgerText = Ledger_evidence()
        Case "services": LedgerText = Ledger_services()
        Case "cover": LedgerText = Ledger_cover()
    End Select
End Function

Private Function Ledger_pregnancies() As String
    Dim s As String
    s = s & "孕产妇台账|孕妇台账;孕产妇登记;孕产妇名册;孕产妇服务台账;孕产妇|1|0|village"
    s = s & vbLf & "record_id|编号|upper|1|1|||0|0|已印好|12"
    s = s & vbLf & "name|姓名|name|1|1||称呼;孕妇姓名;妇女姓名;产妇姓名|0|0|只留本村|14"
    s = s & vbLf & "phone|联系电话|phone|0|1||电话;手机;手机号码;手机号;联系方式|0|0|本人愿意才填|15"
    s = s & vbLf & "edd|预产期|date|1|0||预产日期;EDD;EDC|0|0|年-月-日|13"
    s = s & vbLf & "notice_date|告知日期|date|1|1||知情告知;告知书日期;知情告知日期|0|1|年-月-日|13"
    s = s & vbLf & "consent|同意方式|choice|1|1|同意方式|同意随访;知情同意|0|1|下拉|20"
    s = s & vbLf & "revisit_ok|服务回访|bool|0|1||愿意回访|0|0|是/否，空白为否|14"
    s = s & vbLf & "staff_id|服务责任人编号|code|1|1||包保责任人编号;包保人;责任人;责任医生;村专干;服务责任人|0|0|见包保名单|17"
    s = s & vbLf & "delivered_on|分娩日期|date|0|1||活产日期|0|0|本人愿意才填|13"
    Ledger_pregnancies = s
End Function

Private Function Ledger_visits() As String
    Dim s As String
    s = s & "随访记录|随访登记;随访台账;服务记录;访视记录;随访|1|0|village"
    s = s & vbLf & "record_id|编号|upper|1|1||记录编号|0|0|见孕产妇台账|12"
    s = s & vbLf & "visit_type|随访类型|choice|1|1|随访类型|随访序次;第几次随访;项目|0|0|下拉|14"
    s = s & vbLf & "visit_date|日期|date|1|1||随访日期;走访日期;访视时间|0|0|年-月-日|13"
    s = s & vbLf & "mode|方式|choice|1|1|方式|随访方式;走访方式|0|0|下拉|12"
    s = s & vbLf & "staff_id|随访人编号|code|1|1||随访人;访视人;走访人|0|0|见包保名单|17"
    s = s & vbLf & "services|服务内容|multi|1|1|服务内容|指导内容;保健指导|0|0|可多项，用；隔开|22"
    s = s & vbLf & "need|本人需求|choice|0|1|本人需求|需要提供服务;需求|0|0|下拉|14"
    s = s & vbLf & "need_status|需求办理|choice|0|1|需求办理|处理情况|0|0|下拉|12"
    s = s & vbLf & "need_found_on|需求发现日期|date|0|1|||0|0|年-月-日|13"
    s = s & vbLf & "need_reported_on|需求上报日期|date|0|1||上报日期|0|0|年-月-日|13"
    s = s & vbLf & "next_date|下次日期|date|0|0||下次预约日期|0|0|年-月-日|13"
    Ledger_visits = s
End Function

Private Function Ledger_births() As String
    Dim s As String
    s = s & "出生统计|出生统计表;出生情况;活产统计|0|1|village"
    s = s & vbLf & "unit_code|单位代码|unit:|0|1||区划代码;村代码|0|0|空白为本单位|15"
    s = s & vbLf & "live_births|活产数|count|1|1||活产;出生人数;出生数;活产人数|0|0|人|11"
    s = s & vbLf & "boys|男|count|1|1||男婴;男孩;其中男;活产男|0|0|人|10"
    s = s & vbLf & "girls|女|count|1|1||女婴;女孩;其中女;活产女|0|0|人|10"
    s = s & vbLf & "unstated|未说明|count|0|1||性别未说明;未填性别|0|0|人|10"
    s = s & vbLf & "late|补报|count|0|1||补报数;往月补报|0|0|人|10"
    Ledger_births = s
End Function

Private Function Ledger_birth_orders() As String
    Dim s As String
    s = s & "分孩次出生|分孩次统计;分孩次出生统计|0|1|township;county"
    s = s & vbLf & "unit_code|单位代码|unit:|0|1||区划代码|0|0|空白为本单位|15"
    s = s & vbLf & "quarter|季度|quarter|1|0|||0|0|如 2025-Q3|12"
    s = s & vbLf & "birth_order|孩次|choice|1|1|孩次||0|0|下拉|15"
    s = s & vbLf & "boys|男|count|1|1||男婴;男孩|0|0|人|10"
    s = s & vbLf & "girls|女|count|1|1||女婴;女孩|0|0|人|10"
    s = s & vbLf & "unstated|未说明|count|0|1||性别未说明|0|0|人|10"
    s = s & vbLf & "facility_births|住院分娩|count|0|1||住院分娩数|0|0|人|11"
    Ledger_birth_orders = s
End Function

Private Function Ledger_staff() As String
    Dim s As String
    s = s & "包保名单|分包名单;包保责任人名单;责任人名单;包保人员名单|0|1|village;township;county"
    s = s & vbLf & "staff_id|人员编号|code|1|1||工号|0|0|单位代码-序号|17"
    s = s & vbLf & "level|级别|choice|1|1|级别|层级;包保级别|0|0|下拉|13"
    s = s & vbLf & "unit_code|单位代码|unit:|0|1|||0|0|空白为本单位|14.5"
    s = s & vbLf & "unit_name|单位名称|name|1|1||单位;工作单位;部门|1|0||20"
    s = s & vbLf & "name|姓名|name|1|1||包保责任人;责任人姓名;分包人|0|0||12"
    s = s & vbLf & "role|岗位|choice|1|1|岗位|职务;角色|0|0|下拉|16"
    s = s & vbLf & "work_phone|办公电话|code|1|1||联系电话;电话|0|0|文本|15"
    s = s & vbLf & "area_codes|分包单位代码|units|0|1||分包乡镇;分包村;包保村组;所包单位|0|0|多个用；隔开|18"
    s = s & vbLf & "upper_id|上级责任人编号|code|0|1||上级包保人|0|0|区县级不填|17"
    s = s & vbLf & "valid_from|起始日期|date|1|1||任职时间|0|0|年-月-日|13"
    s = s & vbLf & "valid_to|截止日期|date|0|0|||0|0|在岗留空|13"
    s = s & vbLf & "publicised_on|公示日期|date|0|1|||0|1|区县、乡镇填|13"
    s = s & vbLf & "confidentiality_on|保密承诺日期|date|1|1||保密承诺书;培训日期|0|1|年-月-日|14.5"
    Ledger_staff = s
End Function

Private Function Ledger_cases() As String
    Dim s As String
    s = s & "案件台账|两非案件台账;案件登记;案件登记表;案件|0|1|village;township;county"
    s = s & vbLf & "case_no|案件编号|code|0|1||案号|0|0|线索可空|19"
    s = s & vbLf & "unit_code|上报单位代码|unit:|0|1||上报单位;填报单位;单位代码|0|0|空白为本单位|15.5"
    s = s & vbLf & "found_on|发现日期|date|1|1||受理日期;线索日期|0|0|年-月-日|13"
    s = s & vbLf & "source|案件来源|choice|1|1|案件来源|线索来源;来源|0|0|下拉|17"
    s = s & vbLf & "type|案件类型|choice|1|1|案件类型|类型;违法类型;案由|0|0|下拉|26"
    s = s & vbLf & "party_type|对象类别|choice|1|1|对象类别|当事人类别;涉案对象|0|0|下拉|17"
    s = s & vbLf & "party_name|机构名称|text|0|1||涉案机构|1|0|机构填|24"
    s = s & vbLf & "uscc|统一社会信用代码|upper|0|1||机构代码;信用代码|0|0|18位|22"
    s = s & vbLf & "place_code|案发地代码|unit:county,township|1|1||案发地;地点|0|0|到乡镇|15"
    s = s & vbLf & "status|处理阶段|choice|1|1|处理阶段|状态;进度;办理情况|0|0|下拉|13"
    s = s & vbLf & "filed_on|立案日期|date|0|1|||0|0|年-月-日|13"
    s = s & vbLf & "legal_basis|法律依据|text|0|1||立案依据;处罚依据|1|0|法律名称+第几条|30"
    s = s & vbLf & "decided_on|处罚决定日期|date|0|1|||0|0|年-月-日|14.5"
    s = s & vbLf & "decision_no|决定书文号|doc|0|1||文号|0|0|如 某卫罚〔2025〕3号|20"
    s = s & vbLf & "fine|罚款(元)|money|0|1||罚款金额;罚款|0|0|没有填0|13"
    s = s & vbLf & "confiscated|没收违法所得(元)|money|0|1||没收金额;违法所得;没收违法所得|0|0|没有留空|18.5"
    s = s & vbLf & "licence|证照措施|choice|0|1|证照措施|吊销情况|0|0|下拉|14"
    s = s & vbLf & "transfer_to|移送部门|choice|0|1|移送部门|移送|0|0|下拉|13"
    s = s & vbLf & "transferred_on|移送日期|date|0|1|||0|0|年-月-日|13"
    s = s & vbLf & "closed_on|结案日期|date|0|1||结案时间|0|0|年-月-日|13"
    s = s & vbLf & "archive_no|案卷号|text|0|1|||0|0|结案填|16"
    s = s & vbLf & "reward|举报奖励(元)|money|0|1||奖励金额;举报奖励|0|0|只县级填|14.5"
    Ledger_cases = s
End Function

Private Function Ledger_works() As String
    Dim s As String
    s = s & "工作记录|工作台账;工作登记;工作开展情况|0|1|village;township;county"
    s = s & vbLf & "work_id|编号|code|1|1||工作编号|0|0|单位内不重复|16"
    s = s & vbLf & "unit_code|单位代码|unit:|0|1|||0|0|空白为本单位|15"
    s = s & vbLf & "date|日期|date|1|1||工作日期;开展日期|0|1|年-月-日|13"
    s = s & vbLf & "type|类型|choice|1|1|工作类型|工作类型|0|1|下拉|14"
    s = s & vbLf & "title|标题|text|0|1||内容;工作内容;主题|1|0||30"
    s = s & vbLf & "staff_id|组织人编号|code|0|1||组织人|0|0|见包保名单|17"
    s = s & vbLf & "quantity|数量|count|0|1||人数;份数|0|0|人/份/家|9"
    s = s & vbLf & "evidence_no|材料编号|code|0|1||佐证编号|0|0|见佐证材料|14"
    s = s & vbLf & "due_on|整改期限|date|0|0|||0|0|整改填|13"
    s = s & vbLf & "done_on|完成日期|date|0|1|||0|0|整改填|13"
    s = s & vbLf & "target_code|对象代码|code|0|1||检查对象|0|0|机构或村|16"
    s = s & vbLf & "problems|问题数|count|0|1||发现问题数|0|0|督查填|10"
    s = s & vbLf & "kind|资料种类|text|0|1||宣传品种类|1|0|宣传填|14"
    Ledger_works = s
End Function

Private Function Ledger_evidence() As String
    Dim s As String
    s = s & "佐证材料|佐证清单;材料清单;佐证材料清单|0|1|village;township;county"
    s = s & vbLf & "evidence_no|材料编号|code|1|1||佐证编号|0|0|单位内不重复|16"
    s = s & vbLf & "item_code|验收项编号|upper|1|1||验收项|0|0|如 V-09|13"
    s = s & vbLf & "title|材料名称|text|1|1||名称|1|0||32"
    s = s & vbLf & "doc_no|文号|doc|0|1|||0|0|如 者政发〔2025〕18号|20"
    s = s & vbLf & "doc_date|成文日期|date|1|1||日期|0|0|年-月-日|13"
    s = s & vbLf & "location|存放|text|0|1||存放位置;文件名|1|0|柜号或文件名|24"
    s = s & vbLf & "checked_by|核对人|text|0|1|||0|0||13"
    s = s & vbLf & "meeting_date|引用会议日期|date|0|1|||0|0|引用会议时填|14.5"
    Ledger_evidence = s
End Function

Private Function Ledger_services() As String
    Dim s As String
    s = s & "服务台账||0|1|"
    s = s & vbLf & "token|当月记号|token|1|1|||0|0||16"
    s = s & vbLf & "unit_code|单位代码|unit:|0|1|||0|0||13.5"
    s = s & vbLf & "staff_id|服务责任人编号|code|0|1|||0|0||17"
    s = s & vbLf & "revisit_ok|服务回访|flag|0|1|||0|0||9.5"
    s = s & vbLf & "contact_planned|应问候|flag|0|1|||0|0||8.5"
    s = s & vbLf & "contact_offered|已问候|flag|0|1|||0|0||8.5"
    s = s & vbLf & "windows_due|产检提醒应提供|count|0|1|||0|0||15.5"
    s = s & vbLf & "windows_done|产检提醒已提供|count|0|1|||0|0||15.5"
    s = s & vbLf & "postnatal_due|产后服务应提供|flag|0|1|||0|0||15.5"
    s = s & vbLf & "postnatal_done|产后服务已提供|flag|0|1|||0|0||15.5"
    s = s & vbLf & "check42_due|42天提醒应提供|flag|0|1|||0|0||15.5"
    s = s & vbLf & "check42_done|42天提醒已提供|flag|0|1|||0|0||15.5"
    s = s & vbLf & "needs|需求提出|count|0|1|||0|0||9.5"
    s = s & vbLf & "needs_done|需求办结|count|0|1|||0|0||9.5"
    s = s & vbLf & "needs_in_time|需求及时上报|count|0|1|||0|0||13"
    Ledger_services = s
End Function

Private Function Ledger_cover() As String
    Dim s As String
    s = s & "封面|首页;封面页|0|1|village;township;county"
    s = s & vbLf & "unit_code|单位代码|unit:|1|1||区划代码|0|0||12"
    s = s & vbLf & "unit_name|单位名称|name|1|1||填报单位;上报单位|0|0||12"
    s = s & vbLf & "period|所属月份|month|1|1||报告月份;统计月份;报表期|0|0||12"
    s = s & vbLf & "plan_id|方案编号|code|1|1||计划编号|0|0||12"
    s = s & vbLf & "template|模板版本|code|1|1|||0|0||12"
    s = s & vbLf & "revision|版次|count|1|1|||0|0||12"
    s = s & vbLf & "prepared_by|填报人|name|1|1||制表人|0|0||12"
    s = s & vbLf & "reviewed_by|审核人|name|1|1||复核人|0|1||12"
    s = s & vbLf & "prepared_on|填报日期|date|1|0||上报日期;制表日期|0|0||12"
    s = s & vbLf & "revision_reason|更正原因|choice|0|1|更正原因||0|0||12"
    s = s & vbLf & "police_transfers|移送公安件数|count|0|1|||0|0||12"
    s = s & vbLf & "zero_cases|案件零报告|bool|0|1||无案件|0|0||12"
    s = s & vbLf & "zero_works|工作零报告|bool|0|1|||0|0||12"
    Ledger_cover = s
End Function

Public Function ListText(ByVal list As String) As String
    Select Case list
        Case "同意方式": ListText = List_0()
        Case "随访类型": ListText = List_1()
        Case "方式": ListText = List_2()
        Case "服务内容": ListText = List_3()
        Case "本人需求": ListText = List_4()
        Case "需求办理": ListText = List_5()
        Case "孩次": ListText = List_6()
        Case "级别": ListText = List_7()
        Case "岗位": ListText = List_8()
        Case "案件来源": ListText = List_9()
        Case "案件类型": ListText = List_10()
        Case "对象类别": ListText = List_11()
        Case "处理阶段": ListText = List_12()
        Case "证照措施": ListText = List_13()
        Case "移送部门": ListText = List_14()
        Case "工作类型": ListText = List_15()
        Case "更正原因": ListText = List_16()
    End Select
End Function

Private Function List_0() As String
    Dim s As String
    s = s & "number"
    s = s & vbLf & "1=可上门"
    s = s & vbLf & "2=仅电话或信息"
    s = s & vbLf & "3=仅本人主动联系"
    s = s & vbLf & "~同意=2"
    s = s & vbLf & "~是=2"
    s = s & vbLf & "~√=2"
    List_0 = s
End Function

Private Function List_1() As String
    Dim s As String
    s = s & "number"
    s = s & vbLf & "1=孕早期"
    s = s & vbLf & "2=孕16-20周"
    s = s & vbLf & "3=孕21-24周"
    s = s & vbLf & "4=孕28-36周"
    s = s & vbLf & "5=孕37-40周"
    s = s & vbLf & "6=产后访视"
    s = s & vbLf & "7=产后42天"
    s = s & vbLf & "8=月度问候"
    s = s & vbLf & "9=其他"
    List_1 = s
End Function

Private Function List_2() As String
    Dim s As String
    s = s & "number"
    s = s & vbLf & "1=入户"
    s = s & vbLf & "2=电话"
    s = s & vbLf & "3=机构"
    s = s & vbLf & "4=线上"
    s = s & vbLf & "5=未联系上"
    List_2 = s
End Function

Private Function List_3() As String
    Dim s As String
    s = s & "number"
    s = s & vbLf & "1=宣传教育"
    s = s & vbLf & "2=保健指导"
    s = s & vbLf & "3=产检提醒"
    s = s & vbLf & "4=协助联系医院"
    s = s & vbLf & "5=生产生活帮扶"
    s = s & vbLf & "6=政策与权益告知"
    s = s & vbLf & "9=其他"
    List_3 = s
End Function

Private Function List_4() As String
    Dim s As String
    s = s & "number"
    s = s & vbLf & "0=无"
    s = s & vbLf & "1=产检困难"
    s = s & vbLf & "2=交通"
    s = s & vbLf & "3=健康咨询"
    s = s & vbLf & "4=生活帮扶"
    s = s & vbLf & "9=其他"
    List_4 = s
End Function

Private Function List_5() As String
    Dim s As String
    s = s & "number"
    s = s & vbLf & "1=已办"
    s = s & vbLf & "2=已上报"
    s = s & vbLf & "3=办理中"
    List_5 = s
End Function

Private Function List_6() As String
    Dim s As String
    s = s & "number"
    s = s & vbLf & "1=一孩"
    s = s & vbLf & "2=二孩"
    s = s & vbLf & "3=三孩及以上"
    s = s & vbLf & "0=未说明"
    List_6 = s
End Function

Private Function List_7() As String
    Dim s As String
    s = s & "number"
    s = s & vbLf & "1=区县"
    s = s & vbLf & "2=乡镇街道"
    s = s & vbLf & "3=村居"
    s = s & vbLf & "4=小组"
    List_7 = s
End Function

Private Function List_8() As String
    Dim s As String
    s = s & "number"
    s = s & vbLf & "1=领导小组组长"
    s = s & vbLf & "2=副组长"
    s = s & vbLf & "3=成员"
    s = s & vbLf & "4=办公室主任"
    s = s & vbLf & "5=分包人员"
    s = s & vbLf & "6=村专干"
    s = s & vbLf & "7=小组长"
    s = s & vbLf & "8=责任医生"
    List_8 = s
End Function

Private Function List_9() As String
    Dim s As String
    s = s & "number"
    s = s & vbLf & "1=检查发现"
    s = s & vbLf & "2=部门移送"
    s = s & vbLf & "3=举报(不记举报人)"
    s = s & vbLf & "4=上级交办"
    s = s & vbLf & "5=协查"
    s = s & vbLf & "6=其他"
    s = s & vbLf & "~举报=3"
    List_9 = s
End Function

Private Function List_10() As String
    Dim s As String
    s = s & "text"
    s = s & vbLf & "01=非医学需要的胎儿性别鉴定"
    s = s & vbLf & "02=非医学需要的选择性别人工终止妊娠(实施者)"
    s = s & vbLf & "03=组织、介绍实施“两非”"
    s = s & vbLf & "04=非法施行计划生育手术"
    s = s & vbLf & "05=非法接生"
    s = s & vbLf & "06=违规购置、使用超声等设备"
    s = s & vbLf & "07=未经批准开展终止妊娠手术(机构)"
    s = s & vbLf & "08=违法销售、使用终止妊娠药品"
    s = s & vbLf & "09=统计造假(机构、人员虚报瞒报出生性别)"
    s = s & vbLf & "10=违法发布相关广告"
    s = s & vbLf & "11=出具虚假医学诊断/证明(机构、人员)"
    s = s & vbLf & "19=其他涉及“两非”(机构)"
    s = s & vbLf & "~非法鉴定胎儿性别=01"
    s = s & vbLf & "~非法B超=06"
    s = s & vbLf & "~非法使用B超=06"
    s = s & vbLf & "~非法销售终止妊娠药品=08"
    List_10 = s
End Function

Private Function List_11() As String
    Dim s As String
    s = s & "number"
    s = s & vbLf & "1=医疗机构"
    s = s & vbLf & "2=执业人员"
    s = s & vbLf & "3=非执业人员"
    s = s & vbLf & "4=药品生产批发"
    s = s & vbLf & "5=药品零售"
    s = s & vbLf & "6=中介组织介绍者"
    s = s & vbLf & "7=器械经营"
    s = s & vbLf & "8=其他机构"
    List_11 = s
End Function

Private Function List_12() As String
    Dim s As String
    s = s & "number"
    s = s & vbLf & "0=线索"
    s = s & vbLf & "1=立案"
    s = s & vbLf & "2=处罚决定"
    s = s & vbLf & "3=执行完毕"
    s = s & vbLf & "4=结案"
    s = s & vbLf & "5=不予立案"
    s = s & vbLf & "6=移送"
    s = s & vbLf & "7=撤销"
    List_12 = s
End Function

Private Function List_13() As String
    Dim s As String
    s = s & "number"
    s = s & vbLf & "0=无"
    s = s & vbLf & "1=警告"
    s = s & vbLf & "2=责令改正"
    s = s & vbLf & "3=暂停"
    s = s & vbLf & "4=吊销"
    s = s & vbLf & "5=行政处分(移交任免机关)"
    List_13 = s
End Function

Private Function List_14() As String
    Dim s As String
    s = s & "number"
    s = s & vbLf & "1=公安"
    s = s & vbLf & "2=市场监管"
    s = s & vbLf & "3=药监"
    s = s & vbLf & "4=卫生健康"
    s = s & vbLf & "5=纪检监察"
    s = s & vbLf & "6=其他"
    List_14 = s
End Function

Private Function List_15() As String
    Dim s As String
    s = s & "number"
    s = s & vbLf & "1=领导小组会"
    s = s & vbLf & "2=部门协调会"
    s = s & vbLf & "3=专题会"
    s = s & vbLf & "4=月碰头会"
    s = s & vbLf & "5=宣传"
    s = s & vbLf & "6=培训"
    s = s & vbLf & "7=督查检查"
    s = s & vbLf & "8=整改"
    s = s & vbLf & "9=公示"
    s = s & vbLf & "10=文件印发"
    s = s & vbLf & "11=帮扶"
    s = s & vbLf & "12=随机走访"
    s = s & vbLf & "13=指导"
    List_15 = s
End Function

Private Function List_16() As String
    Dim s As String
    s = s & "number"
    s = s & vbLf & "1=录入错误"
    s = s & vbLf & "2=漏报"
    s = s & vbLf & "3=格式"
    s = s & vbLf & "9=其他"
    List_16 = s
End Function

Public Function RuleText(ByVal code As String) As String
    Select Case code
        Case "F105": RuleText = Rule_F105()
        Case "F108": RuleText = Rule_F108()
        Case "G101": RuleText = Rule_G101()
        Case "G102": RuleText = Rule_G102()
        Case "G103": RuleText = Rule_G103()
        Case "G104": RuleText = Rule_G104()
        Case "G106": RuleText = Rule_G106()
        Case "G108": RuleText = Rule_G108()
        Case "G109": RuleText = Rule_G109()
        Case "P101": RuleText = Rule_P101()
        Case "P121": RuleText = Rule_P121()
        Case "V101": RuleText = Rule_V101()
        Case "V104": RuleText = Rule_V104()
        Case "V108": RuleText = Rule_V108()
        Case "V110": RuleText = Rule_V110()
        Case "V111": RuleText = Rule_V111()
        Case "B101": RuleText = Rule_B101()
        Case "S101": RuleText = Rule_S101()
        Case "C102": RuleText = Rule_C102()
        Case "C103": RuleText = Rule_C103()
        Case "K102": RuleText = Rule_K102()
        Case "K107": RuleText = Rule_K107()
        Case "K110": RuleText = Rule_K110()
        Case "K111": RuleText = Rule_K111()
        Case "K112": RuleText = Rule_K112()
        Case "并排": RuleText = Rule_side_by_side()
        Case "封面": RuleText = Rule_no_cover()
    End Select
End Function

Private Function Rule_F105() As String
    Dim s As String
    s = s & "error|“{sheet}”无数据且未勾选零报告|“{sheet}”无数据且未勾选零报告|请补填；本月确实没有的，在封面选“是”作零报告。"
    Rule_F105 = s
End Function

Private Function Rule_F108() As String
    Dim s As String
    s = s & "error|“{sheet}”勾选零报告但有{n}行数据|“{sheet}”勾选零报告但有{n}行数据|请取消零报告；不该有的行请删去。"
    Rule_F108 = s
End Function

Private Function Rule_G101() As String
    Dim s As String
    s = s & "error|必填项“{col}”为空|必填项“{col}”为空|请补填。表里没有这一条的，请删去整行。"
    Rule_G101 = s
End Function

Private Function Rule_G102() As String
    Dim s As String
    s = s & "error|不是有效日期|不是有效日期|请按 年-月-日 重填，如 2026-01-13。"
    Rule_G102 = s
End Function

Private Function Rule_G103() As String
    Dim s As String
    s = s & "error|日期晚于填报日期|日期晚于填报日期|请核对年月日，特别是年份。"
    Rule_G103 = s
End Function

Private Function Rule_G104() As String
    Dim s As String
    s = s & "error|内容不在代码表“{list}”中|内容不在代码表“{list}”中|请从下拉中选一项；没有下拉的，请填代码或编号。"
    Rule_G104 = s
End Function

Private Function Rule_G106() As String
    Dim s As String
    s = s & "error|不是数字|不是数字|请只填数字，没有填0。"
    Rule_G106 = s
End Function

Private Function Rule_G108() As String
    Dim s As String
    s = s & "error|日期缺少四位年份|日期缺少四位年份|请补上四位年份，如 2025-08-09。"
    Rule_G108 = s
End Function

Private Function Rule_G109() As String
    Dim s As String
    s = s & "error|编号“{v}”被存为数字，末几位已丢失|此格的编号被存为数字，末几位已丢失|请把这一列设为文本，重填完整编号。"
    Rule_G109 = s
End Function

Private Function Rule_P101() As String
    Dim s As String
    s = s & "error|编号与前面一行重复|编号与前面一行重复|请给后一行换一个印好的编号。"
    Rule_P101 = s
End Function

Private Function Rule_P121() As String
    Dim s As String
    s = s & "warning|联系电话不像电话号码|联系电话不像电话号码|请核对位数；本人不愿留的，请空白。"
    Rule_P121 = s
End Function

Private Function Rule_V101() As String
    Dim s As String
    s = s & "error|编号不在孕产妇台账里|编号不在孕产妇台账里|请对照孕产妇台账改正编号；服务已结束的，请删去这一行。"
    Rule_V101 = s
End Function

Private Function Rule_V104() As String
    Dim s As String
    s = s & "warning|同一天的同一项服务记了两行|同一天的同一项服务记了两行|请核对；同一次服务只留一行。"
    Rule_V104 = s
End Function

Private Function Rule_V108() As String
    Dim s As String
    s = s & "warning|下次日期应晚于本次|下次日期应晚于本次|请核对两个日期；没有约定的，请空白。"
    Rule_V108 = s
End Function

Private Function Rule_V110() As String
    Dim s As String
    s = s & "error|本人未同意上门，请勿入户|本人未同意上门，请勿入户|请核对方式；确已入户的，请按本人意愿改用电话或信息。"
    Rule_V110 = s
End Function

Private Function Rule_V111() As String
    Dim s As String
    s = s & "error|本人仅主动联系，请勿主动联系|本人仅主动联系，请勿主动联系|请核对这一行；本人来电的，方式选电话，类型不选月度问候。"
    Rule_V111 = s
End Function

Private Function Rule_B101() As String
    Dim s As String
    s = s & "error|出生数填写有误|出生数填写有误|请核对：男、女、未说明三项之和应等于活产数，各数不得为负。"
    Rule_B101 = s
End Function

Private Function Rule_S101() As String
    Dim s As String
    s = s & "error|人员编号与前面一行重复|人员编号与前面一行重复|请给后一人另编一个号；同一人只留一行。"
    Rule_S101 = s
End Function

Private Function Rule_C102() As String
    Dim s As String
    s = s & "error|案件日期先后颠倒|案件日期先后颠倒|请核对四个日期：先发现，再立案、决定、结案，后一个不早于前一个。"
    Rule_C102 = s
End Function

Private Function Rule_C103() As String
    Dim s As String
    s = s & "error|处理阶段“{s}”缺少“{col}”|处理阶段“{s}”缺少“{col}”|请补填；还没到这一步的，请改处理阶段。"
    Rule_C103 = s
End Function

Private Function Rule_K102() As String
    Dim s As String
    s = s & "error|列“{header}”不得收集，内容未读取|列“{header}”不得收集，内容未读取|请在表中删去这一列。"
    Rule_K102 = s
End Function

Private Function Rule_K107() As String
    Dim s As String
    s = s & "error|该行缺少告知或同意，未读取|该行缺少告知或同意，未读取|已告知并同意的请补填；否则请整行删除，不问原因。"
    Rule_K107 = s
End Function

Private Function Rule_K110() As String
    Dim s As String
    s = s & "error|该行不属于案件，未读取|该行不属于案件，未读取|请删除这一行。"
    Rule_K110 = s
End Function

Private Function Rule_K111() As String
    Dim s As String
    s = s & "error|该类型不作为案件登记，未读取|该类型不作为案件登记，未读取|请删除这一行。"
    Rule_K111 = s
End Function

Private Function Rule_K112() As String
    Dim s As String
    s = s & "info|这本工作簿缺少本册密钥，宏算不出当月记号|这本工作簿缺少本册密钥，宏算不出当月记号|请改用模板；不改的，可以整本报送，由乡镇用程序读取。"
    Rule_K112 = s
End Function

Private Function Rule_side_by_side() As String
    Dim s As String
    s = s & "error|这张表左右并排，一行里有几条记录，宏读不全，没有检查|这张表左右并排，一行里有几条记录，宏读不全，没有检查|请整理成上下一栏，再检查一次；或请乡镇用程序检查。"
    Rule_side_by_side = s
End Function

Private Function Rule_no_cover() As String
    Dim s As String
    s = s & "error|没有“封面”这张表，宏不知道是哪个单位、哪个月份的，没有检查|没有“封面”这张表，宏不知道是哪个单位、哪个月份的，没有检查|请从模板中补上封面，再检查一次；或请乡镇用程序检查。"
    Rule_no_cover = s
End Function

Public Function HeaderWords(ByVal ledger As String) As String
    Select Case ledger
        Case "pregnancies": HeaderWords = Words_pregnancies()
        Case "visits": HeaderWords = Words_visits()
        Case "births": HeaderWords = Words_births()
        Case "birth_orders": HeaderWords = Words_birth_orders()
        Case "staff": HeaderWords = Words_staff()
        Case "cases": HeaderWords = Words_cases()
        Case "works": HeaderWords = Words_works()
        Case "evidence": HeaderWords = Words_evidence()
    End Select
End Function

Private Function Words_pregnancies() As String
    Dim s As String
    s = s & "包保责任人编号|服务责任人编号|末次月经日期|末次月经时间|知情告知日期|移送公安件数|不写举报人|不填举报人|不记举报人|告知书日期|工作零报告|服务责任人|案件零报告|!社会抚养费|上报单位|上报日期|产妇姓名|!出生日期|分娩日期|制表日期|区划代码|单位代码|单位名称|同意方式|同意随访|告知日期|填报单位|填报日期|妇女姓名|!妊娠结局|!妊娠结果|孕妇姓名|!孕检结果|愿意回访|所属月份|手机号码|报告月份|方案编号|更正原因|服务回访|末次月经|本行提示|模板版本|活产日期|知情同意|知情告知|!终止妊娠|!结束原因|!结束日期|统计月份|联系方式|联系电话|!胎儿性别|计划编号|责任医生|!身份号码|预产日期|EDC|EDD|LMP|!举报人|!准生证|制表人|包保人|填报人|复核人|审核人|手机号|报表期|!政策内|!政策外|无案件|!服务证|村专干|!生育证|!计划内|!计划外|!证件号|责任人|!身份证|预产期|!丈夫|!三查|!上环|!产次|!亲属|!倾向|!动向|!去向|!取环|姓名|!子女|!孕次|!孩次|!家属|!年龄|序号|!引产|!态度|!思想|!性别|!户口|!户籍|手机|!查环|!死产|!死胎|!流产|!消失|版次|电话|称呼|编号|!胎次|!节育|!补救|!避孕|!配偶|!婚"
    Words_pregnancies = s
End Function

Private Function Words_visits() As String
    Dim s As String
    s = s & "下次预约日期|移送公安件数|需求上报日期|需求发现日期|需要提供服务|不写举报人|不填举报人|不记举报人|工作零报告|案件零报告|!社会抚养费|第几次随访|随访人编号|上报单位|上报日期|下次日期|保健指导|!出生日期|制表日期|区划代码|单位代码|单位名称|填报单位|填报日期|处理情况|!妊娠结局|!妊娠结果|!孕检结果|所属月份|报告月份|指导内容|方案编号|更正原因|服务内容|本人需求|本行提示|模板版本|!终止妊娠|!结束原因|!结束日期|统计月份|!胎儿性别|计划编号|记录编号|访视时间|走访方式|走访日期|!身份号码|随访序次|随访方式|随访日期|随访类型|需求办理|!举报人|!准生证|制表人|填报人|复核人|审核人|报表期|!政策内|!政策外|无案件|!服务证|!生育证|!计划内|!计划外|访视人|!证件号|走访人|!身份证|随访人|!丈夫|!三查|!上环|!产次|!亲属|!倾向|!动向|!去向|!取环|!子女|!孕次|!孩次|!家属|!年龄|序号|!引产|!态度|!思想|!性别|!户口|!户籍|方式|日期|!查环|!死产|!死胎|!流产|!消失|版次|编号|!胎次|!节育|!补救|!避孕|!配偶|需求|项目|!婚"
    Words_visits = s
End Function

Private Function Words_births() As String
    Dim s As String
    s = s & "移送公安件数|不写举报人|不填举报人|不记举报人|工作零报告|性别未说明|案件零报告|!社会抚养费|上报单位|上报日期|出生人数|制表日期|区划代码|单位代码|单位名称|填报单位|填报日期|!妊娠结局|!妊娠结果|!孕检结果|往月补报|所属月份|报告月份|方案编号|更正原因|未填性别|本行提示|模板版本|活产人数|!终止妊娠|!结束原因|!结束日期|统计月份|!胎儿性别|计划编号|!身份号码|!举报人|其中女|其中男|!准生证|出生数|制表人|填报人|复核人|审核人|报表期|!政策内|!政策外|无案件|!服务证|未说明|村代码|活产女|活产数|活产男|!生育证|补报数|!计划内|!计划外|!证件号|!身份证|!丈夫|!三查|!上环|!亲属|!倾向|!动向|!去向|!取环|女婴|女孩|!子女|!家属|!年龄|序号|!引产|!态度|!思想|!户口|!户籍|!查环|!死产|!死胎|活产|!流产|!消失|版次|男婴|男孩|!胎次|!节育|补报|!补救|!避孕|!配偶|女|!婚|男"
    Words_births = s
End Function

Private Function Words_birth_orders() As String
    Dim s As String
    s = s & "移送公安件数|不写举报人|不填举报人|不记举报人|住院分娩数|工作零报告|性别未说明|案件零报告|!社会抚养费|上报单位|上报日期|住院分娩|制表日期|区划代码|单位代码|单位名称|填报单位|填报日期|!妊娠结局|!妊娠结果|!孕检结果|所属月份|报告月份|方案编号|更正原因|本行提示|模板版本|!终止妊娠|!结束原因|!结束日期|统计月份|!胎儿性别|计划编号|!身份号码|!举报人|!准生证|制表人|填报人|复核人|审核人|报表期|!政策内|!政策外|无案件|!服务证|未说明|!生育证|!计划内|!计划外|!证件号|!身份证|!丈夫|!三查|!上环|!亲属|!倾向|!动向|!去向|!取环|女婴|女孩|!子女|季度|孩次|!家属|!年龄|序号|!引产|!态度|!思想|!户口|!户籍|!查环|!死产|!死胎|!流产|!消失|版次|男婴|男孩|!胎次|!节育|!补救|!避孕|!配偶|女|!婚|男"
    Words_birth_orders = s
End Function

Private Function Words_staff() As String
    Dim s As String
    s = s & "上级责任人编号|保密承诺日期|分包单位代码|移送公安件数|上级包保人|不写举报人|不填举报人|不记举报人|保密承诺书|包保责任人|工作零报告|案件零报告|责任人姓名|上报单位|上报日期|人员编号|任职时间|公示日期|分包乡镇|制表日期|办公电话|包保村组|包保级别|区划代码|单位代码|单位名称|培训日期|填报单位|填报日期|工作单位|截止日期|所包单位|所属月份|报告月份|方案编号|更正原因|本行提示|模板版本|统计月份|联系电话|计划编号|起始日期|!举报人|分包人|分包村|制表人|填报人|复核人|审核人|报表期|无案件|!证件号|!身份证|单位|姓名|层级|岗位|工号|序号|版次|电话|级别|职务|角色|部门"
    Words_staff = s
End Function

Private Function Words_cases() As String
    Dim s As String
    s = s & "没收违法所得(元)|统一社会信用代码|举报奖励(元)|上报单位代码|处罚决定日期|没收违法所得|移送公安件数|不写举报人|不填举报人|不记举报人|决定书文号|工作零报告|当事人类别|案件零报告|案发地代码|罚款(元)|上报单位|上报日期|举报奖励|信用代码|制表日期|办理情况|区划代码|单位代码|单位名称|发现日期|受理日期|吊销情况|填报单位|填报日期|处理阶段|处罚依据|奖励金额|对象类别|所属月份|报告月份|方案编号|更正原因|本行提示|机构代码|机构名称|案件来源|案件类型|案件编号|模板版本|没收金额|法律依据|涉案对象|涉案机构|移送日期|移送部门|立案依据|立案日期|线索日期|线索来源|结案日期|结案时间|统计月份|罚款金额|计划编号|证照措施|违法所得|违法类型|!举报人|制表人|填报人|复核人|审核人|报表期|无案件|案卷号|案发地|!证件号|!身份证|地点|序号|文号|来源|案号|案由|版次|状态|移送|类型|罚款|进度"
    Words_cases = s
End Function

Private Function Words_works() As String
    Dim s As String
    s = s & "移送公安件数|不写举报人|不填举报人|不记举报人|发现问题数|宣传品种类|工作零报告|案件零报告|组织人编号|上报单位|上报日期|佐证编号|制表日期|区划代码|单位代码|单位名称|填报单位|填报日期|完成日期|对象代码|工作内容|工作日期|工作类型|工作编号|开展日期|所属月份|报告月份|整改期限|方案编号|更正原因|本行提示|材料编号|检查对象|模板版本|统计月份|计划编号|资料种类|!举报人|制表人|填报人|复核人|审核人|报表期|无案件|组织人|!证件号|!身份证|问题数|主题|人数|份数|内容|序号|数量|日期|标题|版次|类型|编号"
    Words_works = s
End Function

Private Function Words_evidence() As String
    Dim s As String
    s = s & "引用会议日期|移送公安件数|不写举报人|不填举报人|不记举报人|工作零报告|案件零报告|验收项编号|上报单位|上报日期|佐证编号|制表日期|区划代码|单位代码|单位名称|填报单位|填报日期|存放位置|成文日期|所属月份|报告月份|方案编号|更正原因|本行提示|材料名称|材料编号|模板版本|统计月份|计划编号|!举报人|制表人|填报人|复核人|审核人|报表期|文件名|无案件|核对人|!证件号|!身份证|验收项|名称|存放|序号|文号|日期|版次"
    Words_evidence = s
End Function
