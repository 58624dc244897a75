Attribute VB_Name = "NextMonths"
Option Explicit
' 结转下月: the workbook of the next month beside this one; what `ledger carry` carries. The given workbook stays as it is.
' Rows whose service is over, and everything that was written or coloured beside them, are not in the new one.

Private Const AFTER_DELIVERY As Long = 56
Private Const AFTER_DUE_DATE As Long = 90
Private Const KEPT_SHEETS As String = "|填表说明|代码表|本册密钥|告知书|"
Private mStaying As String
Private mStopped As String

Public Sub CarryForward()
    Dim source As Object, made As Object, said As String, path As String
    If NothingOpen() Then Exit Sub
    On Error GoTo fault
    Set source = ActiveWorkbook
    said = CannotCarry(source)
    If said <> "" Then Tell said: Exit Sub
    path = Beside(source, CarriedName(source))
    If IsThere(path) Then Tell "文件夹里已有 " & CarriedName(source) & "，没有改动。要重做请先移走旧的一份。": Exit Sub
    If Not Agreed("另做一本 " & NextMonth(Period) & " 的工作簿，放在本工作簿旁边；本工作簿不变。继续吗？") Then Tell "没有结转，什么都没有改动。": Exit Sub
    Application.ScreenUpdating = False
    StoreCopy source, path
    Set made = Workbooks.Open(path)
    Carry made
    StoreAgain made
    Application.ScreenUpdating = True
    Tell Done()
    Exit Sub
fault:
    said = Stopped("结转", Err.Number)
    Application.ScreenUpdating = True
    If path <> "" Then RemoveHalf made, path
    Tell said
End Sub

' A half-made copy still holds everything: it goes.
Private Sub RemoveHalf(made As Object, ByVal path As String)
    If Not made Is Nothing Then CloseUnsaved made
    On Error Resume Next
    If IsThere(path) Then Kill path
    On Error GoTo 0
End Sub

Private Function Done() As String
    Done = "已做好下月的一本，服务期已满的行和姓名不在里面。请把旧的一本和它的备份删除，回收站也清空。"
    If mStopped <> "" Then Done = Done & vbLf & "孕产妇台账第 " & mStopped & " 行缺少告知或同意，没有结转。已告知并同意的，请在原表补填后重新结转；否则不必再填。"
End Function

Public Function CarriedName(source As Object) As String
    Dim name As String
    name = CoverValue("unit_name")
    If name = "" Then name = UnitCode
    CarriedName = "" & UnitCode & "_" & NextMonth(Period) & "_" & name & "." & KindOf(source)
End Function

' Read a workbook; why it cannot be carried, "" where it can.
Public Function CannotCarry(book As Object) As String
    Dim found As Collection
    ReadBook book
    Set found = AllFound()
    If UnitCode = "" Or Period = "" Then
        CannotCarry = "封面的单位代码或所属月份还不对，没有结转。请先填好。"
    ElseIf NotOnDisk(book, "结转") <> "" Then
        CannotCarry = NotOnDisk(book, "结转")
    ElseIf InStr("|.xlsx|.xlsm|", "|" & LCase(Right(book.Name, 5)) & "|") = 0 Then
        CannotCarry = "请先把本工作簿另存为 xlsx 或 xlsm，再结转。"
    ElseIf Not IsOurForm(book) Then
        CannotCarry = "这本不是模板的样子，没有结转。请改用模板，或请乡镇用程序结转。"
    ElseIf LevelOf(UnitCode) = "village" And Not HasSheet(LedgerNumber("pregnancies")) Then
        CannotCarry = "这是上报的一份，没有结转。请打开村里自己的工作簿。"
    End If
End Function

' Headings in row 4, each column where the template has it, no merged cells below: only such sheets are emptied and filled again.
Private Function IsOurForm(book As Object) As Boolean
    Dim k As Long, field As Long, sheet As Object, found As Long
    If SheetNamed(book, "填表说明") Is Nothing Then Exit Function
    For k = 0 To LedgerCount() - 1
        If HasSheet(k) Then
            found = found + 1
            If HeaderRowOf(k, 1) <> 4 Then Exit Function
            For field = 1 To FieldCount(LedgerId(k))
                If ColumnAt(k, field) <> field Then Exit Function
            Next
            Set sheet = SheetNamed(book, SheetName(k))
            If HasMerged(sheet.Range(sheet.Cells(5, 1), sheet.Cells(LastRow(sheet), LastColumn(sheet)))) Then Exit Function
        End If
    Next
    IsOurForm = found > 0
End Function

Private Function HasMerged(area As Object) As Boolean
    Dim mixed As Variant
    mixed = area.MergeCells
    If IsNull(mixed) Then HasMerged = True Else HasMerged = mixed
End Function

Private Function LastRow(sheet As Object) As Long
    LastRow = sheet.UsedRange.Row + sheet.UsedRange.Rows.Count - 1
    If LastRow < 5 Then LastRow = 5
End Function

Private Function LastColumn(sheet As Object) As Long
    LastColumn = sheet.UsedRange.Column + sheet.UsedRange.Columns.Count - 1
End Function

' ---------------------------------------------------------------------------------------------- the copy becomes the next month's

' The workbook that Model has read, under another name: make it the next month's.
Public Sub Carry(book As Object)
    Dim opened As Collection, k As Long, month As String
    Set opened = OpenSheets(book)
    DropFilters book
    MarksCleared book
    month = NextMonth(Period)
    WhoStays
    Stir BookKey & vbLf & ContentOf()
    DropOthers book
    For k = 0 To LedgerCount() - 1
        If HasSheet(k) Then Refill SheetNamed(book, SheetName(k)), k
    Next
    NewCover SheetNamed(book, CoverSheet), month
    For k = 0 To LedgerCount() - 1
        If HasSheet(k) Then Retitle SheetNamed(book, SheetName(k)), month
    Next
    Retitle SheetNamed(book, CoverSheet), month
    If HasSheet(LedgerNumber("pregnancies")) Then ChangeKey book
    CloseSheets book, opened
    SheetNamed(book, CoverSheet).Activate
End Sub

' All that the book holds, for the draw of the new key.
Private Function ContentOf() As String
    Dim k As Long, at As Long, field As Long, values As Variant
    For k = 0 To LedgerCount() - 1
        If Count(k) > 0 Then
            values = ValuesOf(k)
            For at = 1 To Count(k)
                For field = 1 To FieldCount(LedgerId(k))
                    ContentOf = ContentOf & values(at, field) & "|"
                Next
            Next
        End If
    Next
    ContentOf = HashOf(ContentOf)
End Function

' Record numbers whose service goes on, and the rows that stop for want of notice or consent.
Private Sub WhoStays()
    Dim k As Long, at As Long, id As Long, values As Variant
    mStaying = "|"
    mStopped = ""
    k = LedgerNumber("pregnancies")
    If Count(k) = 0 Then Exit Sub
    id = FieldAt("pregnancies", "record_id")
    values = ValuesOf(k)
    For at = 1 To Count(k)
        If IsAside(k, at) Then
            mStopped = mStopped & IIf(mStopped = "", "", "、") & RowAt(k, at)
        ElseIf Not IsOver(values, at) Then
            If values(at, id) <> "" And Not IsUnread(values(at, id)) Then mStaying = mStaying & values(at, id) & "|"
        End If
    Next
End Sub

' P206: the service is over at the month's end; a doubtful date ends nothing.
Private Function IsOver(values As Variant, ByVal at As Long) As Boolean
    Dim due As Long, delivered As Long, notice As Long, month As Long, ends As Long
    If IsUnread(values(at, FieldAt("pregnancies", "edd"))) Or IsUnread(values(at, FieldAt("pregnancies", "delivered_on"))) Then Exit Function
    due = DayOrNone(values(at, FieldAt("pregnancies", "edd")))
    delivered = DayOrNone(values(at, FieldAt("pregnancies", "delivered_on")))
    notice = DayOrNone(values(at, FieldAt("pregnancies", "notice_date")))
    month = LastDay(Period)
    If delivered > AsOf Then Exit Function
    If due > 0 And delivered > 0 And due <= month + 300 Then
        If delivered < due - 126 Or delivered > due + 35 Then Exit Function
    End If
    If due > 0 And notice > 0 And notice <= AsOf Then
        If notice > due + AFTER_DUE_DATE Then Exit Function
    End If
    If delivered > 0 Then
        ends = delivered + AFTER_DELIVERY
    ElseIf due > 0 Then
        ends = due + AFTER_DUE_DATE
    Else
        Exit Function
    End If
    IsOver = ends < month
End Function

Private Function GoesOn(ByVal k As Long, values As Variant, ByVal at As Long) As Boolean
    Dim value As String
    If IsAside(k, at) Then Exit Function
    Select Case LedgerId(k)
        Case "pregnancies"
            GoesOn = Not IsOver(values, at)
        Case "visits"
            value = values(at, FieldAt("visits", "record_id"))
            If value <> "" Then GoesOn = InStr(mStaying, "|" & value & "|") > 0
        Case "staff", "evidence"
            GoesOn = True
        Case "cases"
            value = values(at, FieldAt("cases", "status"))
            GoesOn = value = "" Or IsUnread(value) Or InStr("|0|1|2|3|", "|" & value & "|") > 0
        Case "works"
            value = values(at, FieldAt("works", "done_on"))
            GoesOn = values(at, FieldAt("works", "type")) = "8" And (value = "" Or IsUnread(value))
    End Select
End Function

' Empty a sheet below its headings, then write the rows that go on at its top.
Private Sub Refill(sheet As Object, ByVal k As Long)
    Dim values As Variant, at As Long, field As Long, row As Long, fields As Long, last As Long
    fields = FieldCount(LedgerId(k))
    last = LastRow(sheet)
    EmptyOut sheet, fields, last
    row = 5
    If Count(k) > 0 Then values = ValuesOf(k)
    For at = 1 To Count(k)
        If GoesOn(k, values, at) Then
            For field = 1 To fields
                PutValue sheet.Cells(row, field), LedgerId(k), field, ValueAt(k, values, at, field)
            Next
            row = row + 1
        End If
    Next
    If LedgerId(k) = "pregnancies" Then NewNumbers sheet, row, last
End Sub

' Contents, notes, colours and marks of every cell go; the hints beside the table are formulas and stay.
Private Sub EmptyOut(sheet As Object, ByVal fields As Long, ByVal last As Long)
    Dim area As Object, column As Long, wide As Long
    wide = LastColumn(sheet)
    sheet.Rows("5:" & last).Hidden = False
    Set area = sheet.Range(sheet.Cells(5, 1), sheet.Cells(last, fields))
    area.ClearContents
    area.Interior.Color = RGB(255, 255, 255)
    area.Font.Color = RGB(31, 45, 58)
    area.Font.Bold = False
    area.Font.Italic = False
    area.Font.Strikethrough = False
    sheet.Range(sheet.Cells(1, 1), sheet.Cells(last, wide)).ClearComments
    sheet.Rows("5:" & last).RowHeight = 24
    DropShapes sheet
    For column = fields + 1 To wide
        If HeaderKey("" & sheet.Cells(4, column).Value) <> "本行提示" Then sheet.Columns(column).ClearContents
    Next
End Sub

' Text boxes, pictures and ink laid over a table; the boxes of notes (4) and of drop-downs (8) are Excel's own.
Private Sub DropShapes(sheet As Object)
    Dim at As Long
    On Error Resume Next
    For at = sheet.Shapes.Count To 1 Step -1
        If sheet.Shapes(at).Type <> 4 And sheet.Shapes(at).Type <> 8 Then sheet.Shapes(at).Delete
    Next
    On Error GoTo 0
End Sub

' Fresh numbers in the prepared rows; none of the old ones is left.
Private Sub NewNumbers(sheet As Object, ByVal first As Long, ByVal last As Long)
    Dim row As Long, number As String, used As String
    used = mStaying
    For row = first To last
        number = NewNumber()
        Do While InStr(used, "|" & number & "|") > 0
            number = NewNumber()
        Loop
        used = used & number & "|"
        PutText sheet.Cells(row, 1), number
    Next
End Sub

' Sheets of the template stay; a clerk's own sheet may hold names and goes.
Private Sub DropOthers(book As Object)
    Dim at As Long, name As String, k As Long, ours As String
    ours = KEPT_SHEETS & CoverSheet & "|"
    For k = 0 To LedgerCount() - 1
        If HasSheet(k) Then ours = ours & SheetName(k) & "|"
    Next
    For at = book.Worksheets.Count To 1 Step -1
        name = book.Worksheets(at).Name
        If InStr(ours, "|" & name & "|") = 0 Then DropSheet book, name
    Next
    If InLibreOffice() Then Exit Sub
    Application.DisplayAlerts = False
    For at = book.Charts.Count To 1 Step -1
        book.Charts(at).Delete
    Next
    Application.DisplayAlerts = True
End Sub

Private Sub NewCover(sheet As Object, ByVal month As String)
    Dim field As Long, place As String, k As Long
    For field = 1 To FieldCount("cover")
        place = CoverPlace(field)
        If place <> "" Then
            Select Case Item("cover", field, 0)
                Case "period": PutText sheet.Range(place), month
                Case "revision", "police_transfers": sheet.Range(CoverCell(sheet, place)).Value = 0
                Case "prepared_on", "revision_reason", "zero_cases", "zero_works": sheet.Range(place).ClearContents
            End Select
        End If
    Next
    For k = 0 To LedgerCount() - 1
        If ZeroPlace(k) <> "" And (LedgerId(k) = "cases" Or LedgerId(k) = "works") Then sheet.Range(ZeroPlace(k)).ClearContents
    Next
End Sub

' Where a cover's value can be written: the label may be merged over the cell beside it.
Private Function CoverCell(sheet As Object, ByVal place As String) As String
    Dim column As Long, row As Long
    row = sheet.Range(place).Row
    column = sheet.Range(place).Column
    If sheet.Cells(row, column).MergeCells Then
        If sheet.Cells(row, column).MergeArea.Column < column Then column = sheet.Cells(row, column).MergeArea.Column + sheet.Cells(row, column).MergeArea.Columns.Count
    End If
    CoverCell = ColumnLetter(column) & row
End Function

' The month in the line over a table and in the printed header.
Private Sub Retitle(sheet As Object, ByVal month As String)
    Dim row As Long, column As Long, text As String
    For row = 1 To 3
        For column = 1 To 3
            If Not sheet.Cells(row, column).HasFormula Then
                text = "" & sheet.Cells(row, column).Value
                If InStr(text, "所属月份：" & Period) > 0 Then sheet.Cells(row, column).Value = Replace(text, "所属月份：" & Period, "所属月份：" & month)
            End If
        Next
    Next
    On Error Resume Next
    text = sheet.PageSetup.RightHeader
    If InStr(text, Period) > 0 Then sheet.PageSetup.RightHeader = Replace(text, Period, month)
    On Error GoTo 0
End Sub

Private Sub ChangeKey(book As Object)
    Dim sheet As Object
    Set sheet = SheetNamed(book, "本册密钥")
    If sheet Is Nothing Then
        Set sheet = book.Worksheets.Add(After:=book.Worksheets(book.Worksheets.Count))
        sheet.Name = "本册密钥"
    End If
    sheet.Cells.ClearContents
    PutText sheet.Cells(1, 1), NewKey()
    sheet.Visible = xlVeryHidden
End Sub
