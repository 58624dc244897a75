"""Codes of `ledger release`: what a file on its way out carries beside what it shows (H1), and what must not go out at all (H2)."""

from toolkit.rules.rule import reading

_DECIDE_ZH, _DECIDE = "请在表格或文字软件里看过，删去或取消隐藏，再检查一次。", "Look at it in the program it was made with; delete or unhide it, then run release again."
_CLEAN_ZH, _CLEAN = "请指定写到哪个文件夹，副本里就没有它；原文件不动。", "With -o DIR a copy without it is written; the file itself stays as it is."
_HIDDEN = "看不见的内容也会跟着文件出去；发文的人应当先看到它"

reading("H100", "error", zh="没有放行，有{n}处", en="not released, for {n} reasons", todo_zh="请看下面的清单。", todo_en="See the list below.",
        source="文件发出之前要看一遍", bad="有隐藏的行", good="看得见的就是全部")
reading("H101", "error", zh="有隐藏的内容：{why}", en="hidden content: {why}", todo_zh=_DECIDE_ZH, todo_en=_DECIDE, source=_HIDDEN,
        bad="第8行隐藏着", good="没有隐藏的行、列和表")
reading("H102", "warning", zh="带有批注：{why}", en="notes: {why}", todo_zh=_CLEAN_ZH, todo_en=_CLEAN, source="批注里常有经手人的姓名和没打算公开的话",
        bad="D12格有一条批注", good="没有批注")
reading("H103", "warning", zh="文件属性里有正文没有的内容：{why}", en="properties say more than the file shows: {why}", todo_zh=_CLEAN_ZH, todo_en=_CLEAN,
        source="作者、公司、最后保存者由软件自动写入，会泄露经手人", bad="最后保存者是电脑用户名", good="作者就是封面上的单位")
reading("H104", "warning", zh="夹带了看不见的东西：{why}", en="something unseen comes along: {why}", todo_zh=_CLEAN_ZH, todo_en=_CLEAN,
        source="软件自己存下的旧内容、设备和位置信息", bad="存着已删去的文字", good="只有看得见的内容")
reading("H105", "warning", zh="有自定义名称“{what}”：{why}", en="defined name {what}: {why}", todo_zh="没有用到的可以在副本里去掉；用到的，请在“名称管理器”里看过再定。",
        todo_en="Unused ones go with -o; look at the others in the name manager.", source="名称可以指着隐藏的格子，也可以自己存着内容",
        bad="名称“旧名单”指着一张删掉的表", good="只有打印区域、标题行和筛选")
reading("H106", "error", zh="连着别的文件或数据源：{why}", en="linked to another file or source: {why}", todo_zh="请把用到的格子改成数值，断开链接，再检查一次。",
        todo_en="Turn the cells into values and break the link, then run release again.", source="链接里存着别的文件的路径和旧数",
        bad="公式取自另一个工作簿", good="只有数值和本表的公式")
reading("H107", "error", zh="有数据透视表：{why}", en="a pivot table: {why}", todo_zh="请把透视表复制、选择性粘贴为数值，删去原来的透视表，再检查一次。",
        todo_en="Paste it as values and delete the pivot table, then run release again.", source="透视表的缓存里存着全部明细行，隐藏也没有用",
        bad="汇总页是透视表", good="汇总页是数值")
reading("H108", "error", zh="有嵌入的内容：{why}", en="embedded content: {why}", todo_zh="请删去嵌入的内容，或另存为普通的工作簿，再检查一次。",
        todo_en="Delete it, or save the file as a plain xlsx, then run release again.", source="嵌入的文件整本跟着走，外面看不出",
        bad="表里嵌着另一个工作簿", good="只有本表的内容")
reading("H109", "error", zh="有宏或脚本，不是本程序的：{why}", en="macros that are not ours: {why}", todo_zh="请另存为不带宏的工作簿，再检查一次。",
        todo_en="Save it as an xlsx without macros, then run release again.", source="宏会在收件人的电脑上运行，里面也可能写着内容",
        bad="带有自己录的宏", good="不带宏，或只有模板自带的宏")

reading("H201", "error", zh="有服务册的内容：{why}", en="content of the service book: {why}", todo_zh="服务册只留在村里。请改发上报本，或删去这些内容。",
        todo_en="The service book stays in the village; use the submission, or delete this.", source="个人信息保护法第六条、第二十八条；服务册不出村",
        bad="报告里有一张按人列的表", good="只有次数")
reading("H202", "error", zh="有不得收集的列“{header}”", en="a column that must not be collected: {header}", todo_zh="请删去这一列，再检查一次。",
        todo_en="Delete the column, then run release again.", source="与服务无关的内容不收集，更不外发", bad="表里有“身份证号”一列", good="只有单位和次数")
reading("H203", "error", zh="不是公开用的文件：{why}", en="not for publication: {why}", todo_zh="请不要公布；要公布的，用月度汇总、验收清单或抽样公布单。",
        todo_en="Do not publish it; use the summary, the checklist or the published form of the draw (sample draw --public).",
        source="工作文件只在有关的单位之间传，逐条的行和记号不公开", bad="把县汇总工作簿挂到网上", good="公布月度汇总")
reading("H204", "error", zh="文字中含证件号或个人电话", en="an identity number or personal telephone number", todo_zh="请删去号码；办公电话放在“办公电话”列。",
        todo_en="Remove the number; office telephones stand in the column 办公电话.", source="个人信息保护法第六条", bad="说明里写着一个手机号码", good="说明里没有号码")
reading("H205", "error", zh="说到服务册里的某一处", en="names a place in the service book", todo_zh="这份检查报告只给本村看。要给别人，请对上报本做检查报告。",
        todo_en="This report is for the village alone; for others, check the submission.", source="服务册的问题只给本村的人看，不上报、不计数",
        bad="检查报告里有“随访记录 D5”", good="检查报告只有上报的台账")
reading("H206", "error", zh="小于{limit}的数没有隐去，或能从别的数推出", en="a count under {limit} is shown, or follows from other numbers",
        todo_zh="请重新出月度汇总，不要手改隐去的格子；前一份已说出的，这一份不发。",
        todo_en="Make the table again with ledger summary and leave hidden cells alone; do not send it where an earlier report already tells the number.",
        source="县级以上报表中关于妇女的小数不公开，也不能由合计、相邻的数和以前的报告算出来", bad="合计10，甲乡8，乙镇<5", good="合计＊，甲乡8，乙镇<5")
