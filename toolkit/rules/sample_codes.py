"""Codes of the random visits: what stands between a frame, its draw, the certificate and the results (SPEC 7).

They are found in `steps/sample*` and `tasks/sample*`; the words are here. Placeholders: `{why}` `{what}` `{n}` `{y}` `{stratum}`.
"""

from toolkit.rules.rule import reading

reading("R101", "error", zh="抽样框未读取：{why}", en="frame not read: {why}",
        todo_zh="修好后请重新核对摘要；与签字的摘要不同，就不是那份抽样框。", todo_en="Check M again after the repair; if it differs from the M that was signed, it is another frame.",
        source="多一个看不见的字节，M就不同；程序不替人改抽样框", bad="在记事本里存成带BOM或CRLF的文件", good="sample frame写出的文件原样保存")
reading("R102", "error", zh="服务台账有不能入框的行：{why}", en="service rows that cannot enter the frame: {why}",
        todo_zh="请该单位改正原表，版次加一重报，重新汇总后再做抽样框。",
        todo_en="Have the unit correct its workbook, raise the revision, report and merge again, then make the frame.",
        source="框里一条不少、一条不重，才谈得上随机", bad="两行的当月记号相同", good="每行一个记号")
reading("R103", "error", zh="抽样框与汇总表不一致：{what}", en="frame and merged workbook differ: {what}",
        todo_zh="请用签字的那份汇总表；汇总表后来改过的，请双方重新签摘要。",
        todo_en="Use the merged workbook that was signed; if it changed since, both sides sign a new M.",
        source="先定框，后掷骰", bad="签字以后又并入一个村", good="框里的每一行都在汇总表里，一行不差")
reading("R104", "warning", zh="{stratum}应抽{n}条，愿意回访的只有{y}条", en="{stratum} needs {n}, only {y} agreed to be visited",
        todo_zh="只抽愿意的；请在验收意见里写明不足比例，不要再去动员。",
        todo_en="Only those who agreed are drawn; write in the acceptance opinion that the rate is not reached, and ask nobody again.",
        source="愿不愿意回访由本人决定；抽不满就写明抽不满", bad="60条里只有2条愿意，应抽3条", good="愿意的不少于应抽数")
reading("R201", "error", zh="抽样证书与重算不一致：{what}", en="the certificate differs from the draw made again: {what}",
        todo_zh="请取出双方签字的原件核对；不一致的证书不作数。", todo_en="Compare it with the signed original; a certificate that differs does not count.",
        source="任何人用抽样框和种子都能重算", bad="证书里换了一张票", good="重算结果逐项相同")
reading("R202", "error", zh="没有抽样框，只核对了票号、次序和数目", en="without the frame only tickets, order and sizes were checked",
        todo_zh="请带上双方保管的抽样框再核对一次。", todo_en="Check once more with the frame that both sides keep.",
        source="没有框就看不出有没有漏掉或换掉的行", bad="ledger sample verify 抽样.xlsx", good="ledger sample verify 抽样.xlsx 抽样框.txt")
reading("R203", "error", zh="文件里没有可核对的抽样证书：{why}", en="no certificate to check in this file: {why}",
        todo_zh="请用抽签写出的那本工作簿，或它的证书文件。", todo_en="Use the workbook that `ledger sample draw` wrote, or its certificate as JSON.",
        source="只认证书页上看得见的内容", bad="删去了“抽样证书”这张表", good="三张表都在")
reading("R301", "error", zh="走访结果填写有误", en="visit results not understood",
        todo_zh="请按下拉选项改正这一格；不填原因。", todo_en="Correct this cell with the drop-down; no reasons.",
        source="只记六样，别的一概不记", bad="结果栏写“家里没人”", good="结果栏选“2 未完成”")
reading("R302", "error", zh="候补没有按次序使用", en="reserves were not used in order",
        todo_zh="前面的票选了“2 未完成”，才轮到下一个候补；请核对这几行。",
        todo_en="The next reserve follows only where an earlier ticket has result 2; check these rows.",
        source="跳过任何人都不需理由，但接上的必须是下一个", bad="抽中的都已完成，却走访了候补", good="一人未完成，候补第1接上")
reading("R303", "error", zh="票号在汇总表里找不到", en="a ticket's row is not in the merged workbook",
        todo_zh="请用抽样那个月的汇总表。", todo_en="Use the merged workbook of the month that was drawn.",
        source="是否已提供服务，要看那一行的服务台账", bad="用了下个月的汇总表", good="用做抽样框的那份汇总表")
