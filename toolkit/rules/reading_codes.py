"""Codes that the readers find: what a file, a header or a cell looked like before it was a value.

They belong to their part and travel with it; the words are here, the finding is in `steps/` and `files/`.
Placeholders: `{sheet}` `{col}` `{alias}` `{a}` `{b}` `{why}` `{period}` (the month as written) `{v}` (as typed) `{list}`
`{new}` `{name}` `{code}` `{header}`.
"""

from toolkit.rules.rule import reading

reading("F101", "error", zh="缺少工作表“{sheet}”", en="sheet “{sheet}” is missing",
        todo_zh="请从模板中补上这张表，没有内容也保留空表。", todo_en="Add the sheet from the template; leave it empty if there is nothing to report.",
        source="一本工作簿要有该单位应填的各张表，少一张就说不清是没有还是漏了",
        bad="村级工作簿里没有“包保名单”这张表", good="七张表都在，没有内容的留空")
reading("F102", "error", zh="工作表“{sheet}”缺少列“{col}”", en="column “{col}” not found in sheet “{sheet}”",
        todo_zh="请按模板补上这一列的表头和内容。", todo_en="Add this column with its header, as in the template.",
        source="必填列缺了，整列都无法核对", bad="包保名单没有“人员编号”一列", good="表头与模板一致，列的先后可以不同")
reading("F103", "info", zh="列“{alias}”按“{col}”读取", en="column “{alias}” read as “{col}”",
        todo_zh="不用改；下月请用模板的表头。", todo_en="Nothing to correct; please use the template's header next month.",
        source="各地表头叫法不同，按别名表认", bad="表头写“案由”", good="表头写“案件类型”")
reading("F104", "error", zh="列“{a}”与“{b}”是同一项内容，只读取前一列", en="columns “{a}” and “{b}” are one and the same; only the first was read",
        todo_zh="请只留一列，把内容并到一起。", todo_en="Keep one of the two columns and move the contents together.",
        source="同一项内容有两列，不知以哪一列为准；只读取前一列", bad="同时有“发现日期”和“受理日期”", good="只有“发现日期”")
reading("F106", "warning", zh="填报人与审核人不得空缺，也不得为同一人", en="preparer and reviewer must both be there and differ",
        todo_zh="请由另一人审核，并在封面填上审核人。", todo_en="Have another person review it and enter the reviewer on the cover.",
        source="统计台账的审核、签署制度（统计法第二十四条）", bad="填报人、审核人都是“样例甲”", good="填报人“样例甲”，审核人“样例乙”")
reading("F107", "error", zh="所属月份“{period}”与汇总月份不一致，或为空缺，文件未读取", en="month “{period}” is missing or not the merge's; file refused",
        todo_zh="请核对封面的所属月份；确属别的月份的，请放到那个月去汇总。", todo_en="Check the month on the cover; merge a file of another month with that month.",
        source="一次汇总只汇一个月", bad="汇总2025-09，封面写2025-08", good="封面写2025-09")
reading("F109", "info", zh="方案编号或模板版本不是现在用的", en="plan id or template version is not the present one",
        todo_zh="不用改；下月请用新发的模板。", todo_en="Nothing to correct; please use the newly issued template next month.",
        source="模板换了版，列或代码可能变过", bad="模板版本是去年的", good="模板版本与当前一致")
reading("F110", "error", zh="单位代码“{v}”不在区划表", en="unit code “{v}” is not in the unit list; file refused",
        todo_zh="请核对封面的单位代码；代码无误的，请在区划表中补上这个单位。",
        todo_en="Check the unit code on the cover; if it is right, add the unit to the unit list.",
        source="不在名单里的单位，不知归谁管、是否应报", bad="单位代码990199101201，区划表里没有", good="单位代码与区划表一致")
reading("F112", "warning", zh="封面“行数”与读到的行数不符", en="the row count on the cover differs from the rows read",
        todo_zh="请核对是否漏行：看看表里有没有隔开、隐藏或多出的行。", todo_en="Look for rows that stand apart, are hidden or are not records.",
        source="一条不少：表里数出来的与读进来的应相等", bad="封面说工作记录5行，只读到4行", good="两个数相等")
reading("F113", "info", zh="封面没有单位代码，按文件名判定单位", en="no unit code on the cover: unit taken from the file name",
        todo_zh="请核对单位是否正确，并在封面填上单位代码。", todo_en="Check that the unit is right and enter its code on the cover.",
        source="表里没有单位，只有文件名里有", bad="封面单位代码空白，文件名是“990101101201_2025-09.xlsx”", good="封面填有单位代码")
reading("F114", "info", zh="已读取隐藏内容", en="hidden content was read",
        todo_zh="请取消隐藏，看看这些行列或表是否应当上报。", todo_en="Unhide it and see whether these rows, columns or sheets should be reported.",
        source="看不见的内容也会汇总，报的人应当知道", bad="第8至10行被隐藏", good="没有隐藏的行、列和表")
reading("F115", "info", zh="文件含宏或外部链接，没有运行，也没有打开", en="the file has macros, links or connections; none was run or opened",
        todo_zh="不影响读取；如果不是模板自带的宏，下月请用模板填报。",
        todo_en="The file was read all the same; unless the macros are the template's own, please use the template next month.",
        source="读取时不运行宏、不打开链接", bad="工作簿链接到另一个文件", good="不带链接")
reading("F116", "error", zh="汇总表中该单位数据被改动，未并入", en="rows of this unit were edited in the merged workbook; kept out",
        todo_zh="请改该单位的原表，版次加一后重报。", todo_en="Correct the unit's own workbook, raise its revision by one and report it again.",
        source="统计数据不得篡改（统计法第四十条、第四十一条）；更正要有原表和版次", bad="在汇总表里直接改了某村的罚款数", good="改村里的原表，版次由0改为1再报")
reading("F118", "error", zh="有两张“{sheet}”，只读取一张", en="two sheets for “{sheet}”; only one was read",
        todo_zh="请把内容并到一张表，删去另一张。", todo_en="Move the rows into one sheet and delete the other.",
        source="同一台账两张表，合在一起可能重复", bad="“工作记录”和“工作台账”两张表都在", good="只有“工作记录”")

_REFUSED = "文件未读取：{why}"
_REFUSED_EN = "file not read: {why}"
reading("F201", "error", zh=_REFUSED, en=_REFUSED_EN, todo_zh="请用表格软件打开，另存为工作簿后重报。",
        todo_en="Open it in a spreadsheet program, save it as a workbook and send it again.", source="不是电子表格",
        bad="把图片改名成表格文件", good="用表格软件保存的工作簿")
reading("F202", "error", zh=_REFUSED, en=_REFUSED_EN, todo_zh="请核对密码再读；不知道密码的，请对方去掉打开密码后重报。",
        todo_en="Check the password and try again; without one, have the sender remove it and send the file again.", source="有打开密码，读不出",
        bad="工作簿设了打开密码", good="没有打开密码，或读的人知道密码")
reading("F203", "error", zh=_REFUSED, en=_REFUSED_EN, todo_zh="请在原来的电脑上打开并另存，再报一次。",
        todo_en="Open it on the computer it comes from, save it again and resend it.", source="文件损坏或不完整",
        bad="传到一半断了的文件", good="能正常打开的文件")
reading("F204", "error", zh=_REFUSED, en=_REFUSED_EN, todo_zh="请把内容复制到新领的模板里再报。",
        todo_en="Copy the contents into a fresh template and send that.", source="文件过大，超出一本台账的样子",
        bad="很远的格子里有一个字，整表因此有上百万行", good="只有表里的内容")
reading("F205", "error", zh=_REFUSED, en=_REFUSED_EN, todo_zh="请把内容复制到新领的模板里再报。",
        todo_en="Copy the contents into a fresh template and send that.", source="读取用时或内存超限，停止读取",
        bad="层层嵌套的异常文件", good="模板填成的工作簿")
reading("F206", "error", zh=_REFUSED, en=_REFUSED_EN, todo_zh="请核对是否发错文件；确是台账的，请用模板填报。",
        todo_en="Check whether the wrong file was sent; if it is a ledger, please use the template.", source="没有一张认得的台账",
        bad="发来的是会议通知", good="发来的是本月台账")
reading("F207", "error", zh=_REFUSED, en=_REFUSED_EN, todo_zh="请发送文件本身，不要发快捷方式或链接。",
        todo_en="Send the file itself, not a shortcut or link.", source="不是普通文件", bad="收件夹里是一个快捷方式", good="收件夹里是文件本身")

reading("G102", "error", zh="不是有效日期", en="not a valid date", todo_zh="请按 年-月-日 重填，如 2026-01-13。",
        todo_en="Enter it as year-month-day, such as 2026-01-13.", source="读不出的日期不猜", bad="2025-02-30", good="2025-02-28")
reading("G104", "error", zh="内容不在代码表“{list}”中", en="not in the list “{list}”", todo_zh="请从下拉中选一项；没有下拉的，请填代码或编号。",
        todo_en="Choose an entry of the drop-down list; where there is none, enter the code or number.",
        source="代码表以外的内容不猜", bad="处理阶段写“快了”", good="处理阶段选“1 立案”")
reading("G105", "info", zh="“{v}”已按“{new}”读取", en="“{v}” was read as “{new}”",
        private=("此格内容换了写法读取", "the cell was read in another form"), todo_zh="请看一眼是否原意；不是的请改。",
        todo_en="See whether this is what was meant; if not, correct it.", source="改写可能改变意思的，要说出来",
        bad="罚款写“1.5万元”", good="罚款写15000")
reading("G106", "error", zh="不是数字", en="not a number", todo_zh="请只填数字，没有填0。", todo_en="Enter digits only, 0 for none.",
        source="读不出的数不猜", bad="活产数写“若干”", good="活产数写3")
reading("G107", "warning", zh="公式没有结果，或结果出错", en="error value, or a formula without a stored value",
        todo_zh="请把公式的结果填成数值；要留公式的，请在表格软件里重新保存一次。", todo_en="Type the value itself; to keep the formula, open and save the file once.",
        source="读取时不重新计算", bad="格子里显示除数为零的错误", good="直接填数")
reading("G108", "error", zh="日期缺少四位年份", en="four-digit year missing", todo_zh="请补上四位年份，如 2025-08-09。",
        todo_en="Add the four-digit year, such as 2025-08-09.", source="没有年份的日期不猜", bad="8月9日", good="2025-08-09")
reading("G109", "error", private=("此格的编号被存为数字，末几位已丢失", "the number in this cell was stored as a number and has lost its last digits"),
        zh="编号“{v}”被存为数字，末几位已丢失", en="“{v}” was stored as a number and has lost its last digits",
        todo_zh="请把这一列设为文本，重填完整编号。", todo_en="Format the column as text and enter the full number again.",
        source="表格软件的数字只保留15位，丢了的找不回来", bad="编号显示成科学记数", good="文本格式的12位代码")
reading("G110", "info", zh="由末次月经推算预产期，原值不保存", en="due date derived from the last period, which is not kept", local=True,
        todo_zh="请核对预产期，并删去末次月经这一列。", todo_en="Check the due date and delete the other column.",
        source="只收集为处理目的所必需的信息（个人信息保护法第六条）", bad="没有预产期，只有末次月经", good="直接填预产期")
reading("G111", "info", private=("此格写的名称已按代码读取", "the name in this cell was read as its code"),
        zh="“{name}”按代码{code}读取", en="“{name}” read as code {code}", todo_zh="请看一眼是否正确；下月请填代码。",
        todo_en="See whether it is right; please enter the code next month.", source="名称唯一时按代码读",
        bad="单位代码一栏写“一村”", good="单位代码一栏写990101101201")
reading("G112", "error", zh="文字过长，未读取", en="the text is too long and was not read",
        todo_zh="请改短到1000字以内，一格只写一件事。", todo_en="Shorten it to 1,000 characters or fewer, one matter in a cell.",
        source="一格装不下的文字会在汇总和打印时被截断", bad="标题里粘贴了整篇会议纪要", good="标题写“九月碰头会”，纪要列入佐证材料")

reading("K101", "info", zh="列“{header}”不在栏目表里，未读取", en="column “{header}” is not in the list and was not read",
        todo_zh="不用处理；这一列不上报，请只填模板的列。", todo_en="Nothing to do; the column is not reported. Please fill only the template's columns.",
        source="收集范围以栏目表为限（个人信息保护法第六条）", bad="表右边加了一列“备注二”", good="只有模板的列")
reading("K102", "error", zh="列“{header}”不得收集，内容未读取", en="column “{header}” must not be collected; its content was not read",
        todo_zh="请在表中删去这一列。", todo_en="Delete this column from the sheet.",
        source="个人信息保护法第六条、第二十八条：与服务无关的内容不收集", bad="孕产妇台账里有“思想动向”一列", good="只有模板的九列")
reading("K103", "error", zh="文字中含证件号或电话，未读取", en="identity number or telephone number in the text; the cell was not read",
        todo_zh="请删去号码，只写事情本身。", todo_en="Remove the number and write only the matter itself.",
        source="个人信息保护法第六条；办公电话有自己的栏目", bad="标题里写了一个手机号码", good="标题写“发放服务告知书”")
reading("K104", "error", zh="不得记录举报人信息，未读取", en="no informant data; the cell was not read",
        todo_zh="请删去举报人的情况，来源选“3 举报”即可。", todo_en="Remove what tells who informed; the source “3” is enough.",
        source="为举报人保密；台账不设举报人栏目", bad="由样例甲举报", good="接到举报")
reading("K105", "error", zh="文字含不宜记录内容，未读取", en="unsuitable text; the cell was not read",
        todo_zh="请删去这些内容，只写单位做了什么。", todo_en="Remove it and write only what the office did.",
        source="妇女权益保障法第二十八条、第三十二条；台账只记单位的工作", bad="了解思想动态", good="开展孕期保健宣传")
reading("K107", "error", zh="该行缺少告知或同意，未读取", en="no notice or consent: the row was not read", local=True,
        todo_zh="已告知并同意的请补填；否则请整行删除，不问原因。", todo_en="Fill it in if both were given; else delete the row and ask nothing.",
        source="个人信息保护法第十七条、第二十九条：先告知、经同意，才有一行", bad="告知日期空白", good="告知日期2025-06-11，同意方式“2 仅电话或信息”")
reading("K108", "info", zh="本文件含村内服务册，姓名电话不再上传", en="the file contains the village's service book; names and phones go no further",
        todo_zh="下月请改用“准备上报”，只报不含服务册的一份。", todo_en="Next month use 准备上报 and send the file without the service book.",
        source="服务册只留本村", bad="把整本村级工作簿发到乡里", good="发“准备上报”生成的一份")
reading("K110", "error", zh="该行不属于案件，未读取", en="not a case: the row was not read", todo_zh="请删除这一行。",
        todo_en="Delete the row.", source="案件只记机构和从业者，不记患者；村和乡镇只填机构",
        bad="村里填的对象类别是“2 执业人员”", good="对象类别是“1 医疗机构”")
reading("K111", "error", zh="该类型不作为案件登记，未读取", en="this type is not recorded as a case: the row was not read",
        todo_zh="请删除这一行。", todo_en="Delete the row.", source="案件类型以方案所列为限；妇女的生育状况不是案件",
        bad="案件类型写“不明原因孕情消失”", good="案件类型选“06 违规购置、使用超声等设备”")
reading("K112", "info", zh="这本工作簿缺少本册密钥", en="the village workbook has no book key", local=True,
        todo_zh="可以照常上报；下月请用新领的模板。", todo_en="It can be reported as it is; please use a fresh template next month.",
        source="当月记号由本册密钥算出；没有密钥的，改由服务册内容算出，保护较弱", bad="自己做的村级工作簿", good="由模板或“结转”生成的工作簿")
