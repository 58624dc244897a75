Attribute VB_Name = "Submit"
Option Explicit
' 准备上报: a new workbook of values only, with 服务台账 in place of the service book; what `ledger release` writes.
' No name, phone, date of a woman, record number or book key is ever put into it.

Private Const FOUND_FIRST As Long = 5     ' the first row under a heading
Private Const HEADING As Long = 4
Private Const COVER_TOP As Long = 5
Private mFound As Collection
Private mServices As String

Public Sub PrepareSubmission()
    Dim source As Object, made As Object, said As String, path As String
    If NothingOpen() Then Exit Sub
    On Error GoTo fault
    Set source = ActiveWorkbook
    said = CannotSubmit(source)
    If said <> "" Then Tell said: Exit Sub
    path = Beside(source, SubmissionName())
    If IsThere(path) Then
        Tell "文件夹里已有 " & SubmissionName() & "，没有改动。要更正请把封面的版次加1；要重做请先移走旧的一份。"
        Exit Sub
    End If
    Application.ScreenUpdating = False
    Set made = NewSubmission(source)
    Application.ScreenUpdating = True
    If Agreed(LastLook()) Then
        StoreNew made, path
        made.Close False
        Tell "已另存 " & SubmissionName() & "，在本工作簿旁边。请只发这一份，本工作簿留在村里。"
    Else
        made.Saved = True
        made.Close False
        Tell "没有另存，什么都没有改动。"
    End If
    Exit Sub
fault:
    said = Stopped("准备上报", Err.Number)
    Application.ScreenUpdating = True
    If Not made Is Nothing Then CloseUnsaved made
    Tell said
End Sub

' For tests: the submission of a workbook on disk, written to another path; what was said where there is none.
Public Function Written(ByVal path As String, ByVal target As String) As String
    Dim source As Object, made As Object
    On Error GoTo fault
    Set source = Workbooks.Open(path)
    Written = CannotSubmit(source)
    If Written = "" Then
        Set made = NewSubmission(source)
        StoreNew made, target
        CloseUnsaved made
        Written = "written " & SubmissionName()
    End If
    CloseUnsaved source
    Exit Function
fault:
    Written = "ERR " & Err.Number & " " & Err.Description
End Function

Public Sub CloseUnsaved(book As Object)
    On Error Resume Next
    book.Saved = True
    book.Close False
    On Error GoTo 0
End Sub

' Read a workbook; why it cannot become a submission, "" where it can.
Public Function CannotSubmit(book As Object) As String
    ReadBook book
    Set mFound = AllFound()
    If UnitCode = "" Or Period = "" Then
        CannotSubmit = "封面的单位代码或所属月份还不对，没有另存。请先填好。"
    ElseIf LevelOf(UnitCode) <> "village" Or Not HasSheet(LedgerNumber("pregnancies")) Then
        CannotSubmit = "这本里没有服务册，不用另存：本文件就是上报的一份。"
    ElseIf Sideways <> "" Then
        CannotSubmit = "“" & Sideways & "”左右并排，读不全，没有另存。请先整理成一栏。"
    ElseIf BookKey = "" Then
        CannotSubmit = "这本没有本册密钥，没有另存。请改用发下来的模板，或请乡镇用程序处理。"
    ElseIf NotOnDisk(book, "准备上报") <> "" Then
        CannotSubmit = NotOnDisk(book, "准备上报")
    Else
        mServices = ServiceLines()
    End If
End Function

Private Function Revision() As String
    Revision = CoverValue("revision")
    If Revision = "" Then Revision = "0"
End Function

Public Function SubmissionName() As String
    SubmissionName = "" & UnitCode & "_" & Period & "_v" & Revision() & "_上报.xlsx"
End Function

' What leaves and what stays, said before anything is saved.
Public Function LastLook() As String
    Dim k As Long, text As String, faults As Long
    text = "上报前再看一眼（新的一份已打开，还没有保存）" & vbLf & vbLf & "单位：" & UnitName() & "　月份：" & Period & "　版次：" & Revision() & vbLf
    text = text & "文件：" & SubmissionName() & vbLf & vbLf & "带走：" & vbLf
    text = text & "　服务台账 " & ServiceCount() & " 条，只有当月记号和次数" & vbLf
    For k = 0 To LedgerCount() - 1
        If Travels(k) Then text = text & "　" & SheetItem(LedgerId(k), 0) & " " & Kept(k) & " 行" & vbLf
    Next
    text = text & vbLf & "留下：孕产妇台账、随访记录、本册密钥。新的一份里没有服务对象的姓名、电话和日期。" & vbLf
    faults = FaultsIn("")
    If faults > 0 Then text = text & vbLf & "另有 " & faults & " 处可以改。先改好再上报更好，也可以先报。" & vbLf
    LastLook = text & vbLf & "另存并上报这一份吗？"
End Function

Private Function UnitName() As String
    UnitName = CoverValue("unit_name")
    If UnitName = "" Then UnitName = UnitCode
End Function

' Whether a ledger is among what a village's submission holds, besides 服务台账.
Private Function Travels(ByVal k As Long) As Boolean
    Travels = SheetItem(LedgerId(k), 3) = "1" And InStr(";" & SheetItem(LedgerId(k), 4) & ";", ";village;") > 0
End Function

Private Function Kept(ByVal k As Long) As Long
    Dim at As Long
    For at = 1 To Count(k)
        If Not IsAside(k, at) Then Kept = Kept + 1
    Next
End Function

Private Function ServiceCount() As Long
    ServiceCount = UBound(Split(mServices & " ", vbLf))
End Function

' Errors found in a ledger, "" in all of them.
Private Function FaultsIn(ByVal ledger As String) As Long
    Dim line As Variant, parts As Variant
    For Each line In mFound
        parts = Split(line, "|")
        If ledger = "" Or parts(3) = ledger Then
            If Left(RuleText("" & parts(2)), 6) = "error|" Then FaultsIn = FaultsIn + 1
        End If
    Next
End Function

' ---------------------------------------------------------------------------------------------- the new workbook

' Everything that travels, in a workbook that is not saved yet. The source has been read by CannotSubmit.
Public Function NewSubmission(source As Object) As Object
    Dim book As Object, cover As Object, k As Long
    Set book = Workbooks.Add
    Set cover = book.Worksheets(1)
    cover.Name = SheetItem("cover", 0)
    ServiceSheet AddSheet(book, SheetItem("services", 0))
    For k = 0 To LedgerCount() - 1
        If Travels(k) Then OfficeSheet AddSheet(book, SheetItem(LedgerId(k), 0)), k
    Next
    For k = book.Worksheets.Count To 1 Step -1
        If InStr("|" & OurSheets() & "|", "|" & book.Worksheets(k).Name & "|") = 0 Then DropSheet book, book.Worksheets(k).Name
    Next
    CoverPage cover
    WithoutPerson book
    For k = 1 To book.Worksheets.Count
        LockSheet book.Worksheets(k), "01100000110"
    Next
    cover.Activate
    Set NewSubmission = book
End Function

Private Function OurSheets() As String
    Dim k As Long
    OurSheets = SheetItem("cover", 0) & "|" & SheetItem("services", 0)
    For k = 0 To LedgerCount() - 1
        If Travels(k) Then OurSheets = OurSheets & "|" & SheetItem(LedgerId(k), 0)
    Next
End Function

Private Function AddSheet(book As Object, ByVal name As String) As Object
    Dim sheet As Object
    Set sheet = book.Worksheets.Add(After:=book.Worksheets(book.Worksheets.Count))
    sheet.Name = name
    Set AddSheet = sheet
End Function

' Excel writes its user's name into a file; LibreOffice does not know these.
Private Sub WithoutPerson(book As Object)
    If InLibreOffice() Then Exit Sub
    On Error Resume Next
    book.BuiltinDocumentProperties("Author").Value = UnitName()
    book.BuiltinDocumentProperties("Last Author").Value = UnitName()
    book.RemovePersonalInformation = True
    On Error GoTo 0
End Sub

Private Sub ServiceSheet(sheet As Object)
    Dim lines As Variant, at As Long, field As Long, parts As Variant, fields As Long, row As Long
    fields = FieldCount("services")
    TableHead sheet, "services"
    row = FOUND_FIRST
    lines = Split(mServices, vbLf)
    For at = 0 To UBound(lines)
        If lines(at) <> "" Then
            parts = Split(lines(at), ",")
            For field = 1 To fields
                PutValue sheet.Cells(row, field), "services", field, Piece(parts, field, fields)
            Next
            row = row + 1
        End If
    Next
    TableBody sheet, fields, row - 1
End Sub

' A field of a service row; the third is a staff number, in which a comma may stand.
Private Function Piece(parts As Variant, ByVal field As Long, ByVal fields As Long) As String
    Dim more As Long, at As Long
    more = UBound(parts) + 1 - fields
    If field < 3 Then
        Piece = parts(field - 1)
    ElseIf field > 3 Then
        Piece = parts(field - 1 + more)
    Else
        For at = 2 To 2 + more
            Piece = Piece & IIf(at > 2, ",", "") & parts(at)
        Next
    End If
End Function

Private Sub OfficeSheet(sheet As Object, ByVal k As Long)
    Dim ledger As String, values As Variant, at As Long, field As Long, row As Long
    ledger = LedgerId(k)
    TableHead sheet, ledger
    row = FOUND_FIRST
    If Count(k) > 0 Then values = ValuesOf(k)
    For at = 1 To Count(k)
        If Not IsAside(k, at) Then
            For field = 1 To FieldCount(ledger)
                PutValue sheet.Cells(row, field), ledger, field, ValueAt(k, values, at, field)
            Next
            row = row + 1
        End If
    Next
    TableBody sheet, FieldCount(ledger), row - 1
End Sub

Private Sub TableHead(sheet As Object, ByVal ledger As String)
    Dim field As Long, fields As Long, wide As Double
    fields = FieldCount(ledger)
    LookOf sheet.Cells
    TitleIn sheet.Cells(1, 1), SheetItem(ledger, 0), 16
    sheet.Rows(1).RowHeight = 30
    sheet.Cells(2, 1).Value = "填报单位：" & UnitName() & "　　所属月份：" & Period
    sheet.Cells(2, 1).Font.Color = RGB(86, 96, 105)
    sheet.Rows(3).RowHeight = 8
    For field = 1 To fields
        sheet.Cells(HEADING, field).Value = Item(ledger, field, 1)
        wide = Val(Item(ledger, field, 10))
        If wide < 2.2 * Len(Item(ledger, field, 1)) + 2 Then wide = 2.2 * Len(Item(ledger, field, 1)) + 2
        sheet.Columns(field).ColumnWidth = wide
    Next
    HeadIn sheet.Range(sheet.Cells(HEADING, 1), sheet.Cells(HEADING, fields))
    sheet.Rows(HEADING).RowHeight = 24
    OnPaper sheet, HEADING
End Sub

Private Sub TableBody(sheet As Object, ByVal fields As Long, ByVal last As Long)
    If last < FOUND_FIRST Then Exit Sub
    BoxIn sheet.Range(sheet.Cells(FOUND_FIRST, 1), sheet.Cells(last, fields))
    sheet.Range(sheet.Cells(FOUND_FIRST, 1), sheet.Cells(last, fields)).HorizontalAlignment = xlCenter
    sheet.Range(sheet.Cells(FOUND_FIRST, 1), sheet.Cells(last, fields)).WrapText = True
    sheet.Range(sheet.Rows(FOUND_FIRST), sheet.Rows(last)).RowHeight = 24
End Sub

Private Sub CoverPage(sheet As Object)
    Dim field As Long, row As Long, widths As Variant, at As Long, value As String, last As Long
    LookOf sheet.Cells
    widths = Split("2|16|30|3|16|11|11|17|33|2", "|")
    For at = 0 To UBound(widths)
        sheet.Columns(at + 1).ColumnWidth = CLng(widths(at))
    Next
    TitleIn sheet.Cells(2, 2), "妇幼健康服务与工作台账　上报本", 20
    sheet.Rows(2).RowHeight = 34
    sheet.Cells(3, 2).Value = "由“准备上报”生成，只看不改。要更正，请改原工作簿，版次加1后重报。"
    sheet.Cells(3, 2).Font.Color = RGB(86, 96, 105)
    TitleIn sheet.Cells(COVER_TOP, 2), "一、填报信息", 12
    For field = 1 To 10
        row = COVER_TOP + field
        sheet.Cells(row, 2).Value = Item("cover", field, 1)
        value = CoverValue(Item("cover", field, 0))
        If Item("cover", field, 0) = "revision" Then value = Revision()
        If Item("cover", field, 0) = "unit_name" Then value = UnitName()
        PutValue sheet.Cells(row, 3), "cover", field, value
    Next
    HeadIn sheet.Range(sheet.Cells(COVER_TOP + 1, 2), sheet.Cells(COVER_TOP + 10, 2))
    BoxIn sheet.Range(sheet.Cells(COVER_TOP + 1, 3), sheet.Cells(COVER_TOP + 10, 3))
    sheet.Range(sheet.Cells(COVER_TOP + 1, 2), sheet.Cells(COVER_TOP + 10, 3)).HorizontalAlignment = xlLeft
    last = CoverTable(sheet)
    sheet.Cells(last + 2, 2).Value = "本上报本没有孕产妇台账和随访记录，也没有服务对象的姓名、电话和日期；服务台账只有当月记号和次数，记号每月更换。"
    sheet.Cells(last + 3, 2).Value = "只用于安排服务和督促单位，不用于查找、核实、追踪任何人。"
    sheet.Cells(last + 5, 2).Value = "填报人（签名）："
    sheet.Cells(last + 5, 5).Value = "审核人（签名）："
    sheet.Cells(last + 5, 8).Value = "单位（盖章）："
    For row = COVER_TOP To last
        sheet.Rows(row).RowHeight = 25
    Next
    OnPaper sheet, HEADING
End Sub

' Rows and zero reports of what travels; the last row of the table.
Private Function CoverTable(sheet As Object) As Long
    Dim k As Long, row As Long, heads As Variant, at As Long, number As Long
    number = UBound(Split(OurSheets(), "|"))
    TitleIn sheet.Cells(COVER_TOP, 5), Mid("一二三四五六七八九", number, 1) & "张表", 12
    sheet.Cells(COVER_TOP, 5).Value = "二、" & sheet.Cells(COVER_TOP, 5).Value
    heads = Split("表　名|行　数|待改格数|本月无（零报告）|状　态", "|")
    For at = 0 To 4
        sheet.Cells(COVER_TOP + 1, 5 + at).Value = heads(at)
    Next
    HeadIn sheet.Range(sheet.Cells(COVER_TOP + 1, 5), sheet.Cells(COVER_TOP + 1, 9))
    row = COVER_TOP + 2
    CoverLine sheet, row, SheetItem("services", 0), ServiceCount(), 0, "—"
    For k = 0 To LedgerCount() - 1
        If Travels(k) Then
            row = row + 1
            CoverLine sheet, row, SheetItem(LedgerId(k), 0), Kept(k), FaultsIn(LedgerId(k)), ZeroOf(k)
        End If
    Next
    If row < COVER_TOP + 8 Then row = COVER_TOP + 8
    row = row + 1
    sheet.Cells(row, 5).Value = Item("cover", FieldAt("cover", "police_transfers"), 1)
    sheet.Cells(row, 7).Value = Val(CoverValue("police_transfers"))
    sheet.Cells(row, 8).Value = "只记件数，不记内容"
    BoxIn sheet.Range(sheet.Cells(COVER_TOP + 2, 5), sheet.Cells(row, 9))
    sheet.Range(sheet.Cells(COVER_TOP + 2, 6), sheet.Cells(row, 8)).HorizontalAlignment = xlCenter
    CoverTable = IIf(row < COVER_TOP + 10, COVER_TOP + 10, row)
End Function

Private Function ZeroOf(ByVal k As Long) As String
    ZeroOf = "—"
    If LedgerId(k) = "cases" Or LedgerId(k) = "works" Then ZeroOf = IIf(IsZero(k), "是", "")
End Function

Private Sub CoverLine(sheet As Object, ByVal row As Long, ByVal name As String, ByVal rows As Long, ByVal faults As Long, ByVal zero As String)
    Dim said As String
    sheet.Cells(row, 5).Value = name
    sheet.Cells(row, 6).Value = rows
    sheet.Cells(row, 7).Value = faults
    sheet.Cells(row, 8).Value = zero
    If faults > 0 Then
        said = "× 有 " & faults & " 处待改"
    ElseIf rows > 0 Then
        said = "√ 已填"
    ElseIf zero = "是" Then
        said = "√ 零报告"
    Else
        said = "√ 本月没有"
        If zero = "" Then said = "○ 没有数据，也没有零报告"
    End If
    sheet.Cells(row, 9).Value = said
End Sub

' ---------------------------------------------------------------------------------------------- how it looks

Public Sub LookOf(cells As Object)
    cells.Font.Name = "微软雅黑"
    cells.Font.Size = 10
    cells.Font.Color = RGB(31, 45, 58)
    cells.VerticalAlignment = xlCenter
End Sub

Public Sub TitleIn(cell As Object, ByVal text As String, ByVal size As Long)
    cell.Value = text
    cell.Font.Size = size
    cell.Font.Bold = True
    cell.Font.Color = RGB(31, 90, 102)
End Sub

Public Sub HeadIn(area As Object)
    BoxIn area
    area.Font.Bold = True
    area.Interior.Color = RGB(228, 239, 240)
    area.HorizontalAlignment = xlCenter
    area.WrapText = True
End Sub

Public Sub BoxIn(area As Object)
    area.Borders.LineStyle = xlContinuous
    area.Borders.Weight = xlThin
    area.Borders.Color = RGB(130, 149, 155)
End Sub

' A4 landscape, one page wide, heading on each page. A machine without a printer may not know all of it.
Public Sub OnPaper(sheet As Object, ByVal heading As Long)
    On Error Resume Next
    sheet.PageSetup.Orientation = xlLandscape
    sheet.PageSetup.PaperSize = 9
    sheet.PageSetup.Zoom = False
    sheet.PageSetup.FitToPagesWide = 1
    sheet.PageSetup.FitToPagesTall = False
    sheet.PageSetup.PrintTitleRows = "$" & heading & ":$" & heading
    If Not InLibreOffice() Then sheet.PageSetup.CenterFooter = "第 &P 页　共 &N 页"
    sheet.PageSetup.LeftFooter = "内部资料　注意保管"
    On Error GoTo 0
End Sub
