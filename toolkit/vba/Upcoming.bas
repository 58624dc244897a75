Attribute VB_Name = "Upcoming"
Option Explicit
' 未来30天可提供的服务: by number, in a new workbook that is only looked at; nothing of it is written into the service book.
' What can be offered to those who agreed, never what somebody owes; who asked not to be contacted, or was not reached twice, is not in it.

Private Const DAYS_AHEAD As Long = 30
Private mVisits As Variant
Private mK As Long
Private mLines As Collection

Public Sub ShowUpcoming()
    Dim book As Object, said As String, lines As Collection
    If NothingOpen() Then Exit Sub
    On Error GoTo fault
    Set book = ActiveWorkbook
    ReadBook book
    If Not HasSheet(LedgerNumber("pregnancies")) Then Tell "这本里没有孕产妇台账，请打开村里自己的工作簿。": Exit Sub
    Set lines = UpcomingLines(CLng(Int(CDbl(Now))))
    If lines.Count = 0 Then Tell "未来30天没有可提供的服务。": Exit Sub
    Application.ScreenUpdating = False
    ShowLines lines, CLng(Int(CDbl(Now)))
    Application.ScreenUpdating = True
    Tell "未来30天可提供的服务 " & lines.Count & " 项，在新打开的一页上，只供查看。看完直接关闭，不必保存。"
    Exit Sub
fault:
    said = Stopped("查看", Err.Number)
    Application.ScreenUpdating = True
    Tell said
End Sub

' For tests: the lines of the open workbook on a day given as its serial number.
Public Function ListFor(ByVal today As Long) As String
    Dim line As Variant
    On Error GoTo fault
    ReadBook ActiveWorkbook
    ListFor = "lines" & vbLf
    For Each line In UpcomingLines(today)
        ListFor = ListFor & line & vbLf
    Next
    Exit Function
fault:
    ListFor = "ERR " & Err.Number & " " & Err.Description
End Function

' "last day|number|service|first day|last day": by last day, then number. Model has read the workbook.
Public Function UpcomingLines(ByVal today As Long) As Collection
    Dim k As Long, at As Long, values As Variant, id As Long, consent As String, found As Collection
    Set found = AllFound()
    Set mLines = New Collection
    mK = LedgerNumber("visits")
    mVisits = Empty
    If HasSheet(mK) Then
        If Count(mK) > 0 Then mVisits = ValuesOf(mK)
    End If
    k = LedgerNumber("pregnancies")
    id = FieldAt("pregnancies", "record_id")
    If Count(k) > 0 Then values = ValuesOf(k)
    For at = 1 To Count(k)
        consent = values(at, FieldAt("pregnancies", "consent"))
        If Not IsAside(k, at) And values(at, id) <> "" And Not IsUnread(values(at, id)) Then
            OfNeeds "" & values(at, id), today
            If (consent = "1" Or consent = "2") And Not NotReachedTwice("" & values(at, id)) Then OfRecord values, at, "" & values(at, id), today
        End If
    Next
    Set UpcomingLines = Sorted()
End Function

Private Sub OfRecord(values As Variant, ByVal at As Long, ByVal record As String, ByVal today As Long)
    Dim due As Long, delivered As Long, spans As Variant, ends As Variant, number As Long, opens As Long, closes As Long, month As String, names As Variant
    due = DayOrNone(values(at, FieldAt("pregnancies", "edd")))
    delivered = DayOrNone(values(at, FieldAt("pregnancies", "delivered_on")))
    names = Split("孕早期|孕16-20周|孕21-24周|孕28-36周|孕37-40周", "|")
    spans = Split(PLAN_WINDOWS, "|")
    If due > 0 And delivered = 0 Then
        For number = 0 To UBound(spans)
            ends = Split(spans(number), "-")
            opens = due - 280 + CLng(ends(0))
            closes = due - 280 + CLng(ends(1))
            If Not Had(record, "" & (number + 1), opens, closes) Then Offer record, "产检提醒 " & Named(names, number), opens, closes, today
        Next
    End If
    If delivered > 0 Then
        If Not Had(record, "6", delivered, delivered + PLAN_POSTNATAL) Then Offer record, "产后访视", delivered, delivered + PLAN_POSTNATAL, today
        opens = delivered + PLAN_CHECK_FROM
        closes = delivered + PLAN_CHECK_TO
        If Not Had(record, "7", opens, closes) Then Offer record, "产后42天提醒", opens, closes, today
    End If
    If PLAN_MONTHLY > 0 Then
        month = Format(CDate(CDbl(today)), "yyyy-mm")
        If Not Had(record, "-", FirstDay(month), LastDay(month)) Then Offer record, "月度问候", FirstDay(month), LastDay(month), today
    End If
    Appointments record, today
End Sub

Private Function Named(names As Variant, ByVal number As Long) As String
    If number <= UBound(names) Then Named = names(number) Else Named = "第" & (number + 1) & "次"
End Function

' A service whose days meet the next thirty.
Private Sub Offer(ByVal record As String, ByVal what As String, ByVal opens As Long, ByVal closes As Long, ByVal today As Long)
    If closes < today Or opens > today + DAYS_AHEAD Then Exit Sub
    mLines.Add Format(closes, "000000") & "|" & record & "|" & what & "|" & Shown("" & opens) & "|" & Shown("" & closes)
End Sub

' Whether a visit of hers is of this type or lies in these days.
Private Function Had(ByVal record As String, ByVal kind As String, ByVal opens As Long, ByVal closes As Long) As Boolean
    Dim at As Long, day As Long
    If IsEmpty(mVisits) Then Exit Function
    For at = 1 To UBound(mVisits, 1)
        If mVisits(at, FieldAt("visits", "record_id")) = record And Not IsAside(mK, at) Then
            day = DayOrNone(mVisits(at, FieldAt("visits", "visit_date")))
            If day > 0 Then
                If mVisits(at, FieldAt("visits", "visit_type")) = kind Or (day >= opens And day <= closes) Then Had = True: Exit Function
            End If
        End If
    Next
End Function

' V202: her last two visits were both 未联系上; contact waits for her.
Private Function NotReachedTwice(ByVal record As String) As Boolean
    Dim at As Long, day As Long, latest As Long, latestMissed As Boolean, before As Long, beforeMissed As Boolean
    If IsEmpty(mVisits) Then Exit Function
    For at = 1 To UBound(mVisits, 1)
        If mVisits(at, FieldAt("visits", "record_id")) = record And Not IsAside(mK, at) Then
            day = DayOrNone(mVisits(at, FieldAt("visits", "visit_date")))
            If day > 0 And day >= latest Then
                before = latest
                beforeMissed = latestMissed
                latest = day
                latestMissed = (mVisits(at, FieldAt("visits", "mode")) = "5")
            ElseIf day > 0 And day >= before Then
                before = day
                beforeMissed = (mVisits(at, FieldAt("visits", "mode")) = "5")
            End If
        End If
    Next
    NotReachedTwice = before > 0 And latestMissed And beforeMissed
End Function

' A day she and the visitor agreed on.
Private Sub Appointments(ByVal record As String, ByVal today As Long)
    Dim at As Long, day As Long
    If IsEmpty(mVisits) Then Exit Sub
    For at = 1 To UBound(mVisits, 1)
        If mVisits(at, FieldAt("visits", "record_id")) = record And Not IsAside(mK, at) Then
            day = DayOrNone(mVisits(at, FieldAt("visits", "next_date")))
            If day >= today And day > 0 Then Offer record, "约定的日期", day, day, today
        End If
    Next
End Sub

' What she asked for and is not done yet, whoever she is: she asked.
Private Sub OfNeeds(ByVal record As String, ByVal today As Long)
    Dim at As Long, need As String
    If IsEmpty(mVisits) Then Exit Sub
    For at = 1 To UBound(mVisits, 1)
        If mVisits(at, FieldAt("visits", "record_id")) = record And Not IsAside(mK, at) Then
            need = mVisits(at, FieldAt("visits", "need"))
            If need <> "" And InStr("|1|2|3|4|9|", "|" & need & "|") > 0 And mVisits(at, FieldAt("visits", "need_status")) <> "1" Then
                Offer record, "办理本人提出的需求", today, today + DAYS_AHEAD, today
            End If
        End If
    Next
End Sub

' Lines in order, none twice.
Private Function Sorted() As Collection
    Dim lines() As String, count As Long, line As Variant, at As Long, out As Collection
    ReDim lines(1 To mLines.Count + 1)
    Set out = New Collection
    For Each line In mLines
        at = count
        Do While at > 0
            If lines(at) <= line Then Exit Do
            at = at - 1
        Loop
        If at = 0 Then
            Insert lines, count, 1, "" & line
        ElseIf lines(at) <> line Then
            Insert lines, count, at + 1, "" & line
        End If
    Next
    For at = 1 To count
        out.Add lines(at)
    Next
    Set Sorted = out
End Function

Private Sub Insert(lines() As String, ByRef count As Long, ByVal at As Long, ByVal line As String)
    Dim place As Long
    For place = count To at Step -1
        lines(place + 1) = lines(place)
    Next
    lines(at) = line
    count = count + 1
End Sub

Private Sub ShowLines(lines As Collection, ByVal today As Long)
    Dim book As Object, sheet As Object, line As Variant, parts As Variant, row As Long, heads As Variant, widths As Variant, at As Long
    Set book = Workbooks.Add
    If Not InLibreOffice() Then book.EnableAutoRecover = False   ' no copy of it is kept by Excel
    Set sheet = book.Worksheets(1)
    sheet.Name = "未来30天"
    sheet.Range("A1").Value = "未来30天可提供的服务（" & Shown("" & today) & " 起）"
    sheet.Range("A1").Font.Bold = True
    sheet.Range("A1").Font.Size = 14
    sheet.Range("A2").Value = "只供查看，不保存、不上报。她可以不要任何一项；不必问原因。"
    heads = Split("编号|可提供的服务|从|到", "|")
    widths = Split("12|26|14|14", "|")
    For at = 0 To 3
        sheet.Cells(4, at + 1).Value = heads(at)
        sheet.Cells(4, at + 1).Font.Bold = True
        sheet.Cells(4, at + 1).Interior.Color = RGB(228, 239, 240)
        sheet.Columns(at + 1).ColumnWidth = CLng(widths(at))
    Next
    row = 4
    For Each line In lines
        parts = Split(line, "|")
        row = row + 1
        For at = 1 To 4
            PutText sheet.Cells(row, at), "" & parts(at)
        Next
    Next
    book.Saved = True
End Sub
