Attribute VB_Name = "Checks"
Option Explicit
' The rules that macros and Python both have. They look at what Model has read and give lines; they touch no cell.

Private mLines As Collection
Private mAside() As String  ' ledger, record -> the code that set it aside
Private mGone As String

' Everything that is found: "sheet|cell|code|ledger|field", a line each; the cell is empty where there is none.
Public Function AllFound() As Collection
    Dim k As Long
    Set mLines = New Collection
    SetAside
    If Sideways <> "" Or CoverSheet = "" Then
        Set mLines = New Collection
        If Sideways <> "" Then mLines.Add "" & Sideways & "||" & SIDE_BY_SIDE & "|cover|0"
        If CoverSheet = "" Then mLines.Add "" & FirstSheet & "||" & NO_COVER & "|cover|0"
        Set AllFound = mLines
        Exit Function
    End If
    ForbiddenColumns
    CoverCells
    If HasSheet(LedgerNumber("pregnancies")) And BookKey = "" Then mLines.Add "" & CoverSheet & "||K112|cover|0"
    NilReports
    CellCodes
    For k = 0 To LedgerCount() - 1
        If HasSheet(k) And Count(k) > 0 Then Blanks k: Futures k
    Next
    OfBook
    OfVisits
    OfBirths
    OfStaff
    OfCases
    Set AllFound = mLines
End Function

' For tests: the lines of a workbook on disk.
Public Function Told(ByVal path As String) As String
    Dim book As Object, line As Variant, out As String
    On Error GoTo fault
    Set book = Workbooks.Open(path)
    ReadBook book
    For Each line In AllFound()
        out = out & line & vbLf
    Next
    out = out & "services" & vbLf & ServiceLines()
    book.Close False
    Told = out
    Exit Function
fault:
    Told = "ERR " & Err.Number & " " & Err.Description & vbLf & out
End Function

Public Sub Add(ByVal k As Long, ByVal at As Long, ByVal field As Long, ByVal code As String)
    Dim cell As String
    If ColumnAt(k, field) > 0 Then cell = ColumnLetter(ColumnAt(k, field)) & RowAt(k, at)
    mLines.Add "" & SheetName(k) & "|" & cell & "|" & code & "|" & LedgerId(k) & "|" & field
End Sub

Public Function IsAside(ByVal k As Long, ByVal at As Long) As Boolean
    IsAside = mAside(k, at) <> ""
End Function

Private Function Known(ByVal value As String) As Boolean
    Known = value <> "" And Not IsUnread(value)
End Function

' ---------------------------------------------------------------------------------------------- rows that may not be kept

Private Sub SetAside()
    Dim k As Long, most As Long
    For k = 0 To LedgerCount() - 1
        If Count(k) > most Then most = Count(k)
    Next
    ReDim mAside(0 To 9, 0 To most)
    mGone = "|"
    WithoutConsent
    VisitsOfThose
    NoCases
End Sub

Private Sub WithoutConsent()
    Dim k As Long, at As Long, notice As Long, consent As Long, id As Long, values As Variant, said As Boolean, kept As String, gone As String
    k = LedgerNumber("pregnancies")
    If Not HasSheet(k) Or Count(k) = 0 Then Exit Sub
    notice = FieldAt("pregnancies", "notice_date"): consent = FieldAt("pregnancies", "consent"): id = FieldAt("pregnancies", "record_id")
    values = ValuesOf(k)
    kept = "|"
    For at = 1 To Count(k)
        If Known(values(at, notice)) And Known(values(at, consent)) Then
            kept = kept & values(at, id) & "|"
        Else
            mAside(k, at) = "K107"
            If ColumnAt(k, notice) = 0 Or ColumnAt(k, consent) = 0 Then
                If Not said Then mLines.Add "" & SheetName(k) & "||K107|pregnancies|" & IIf(ColumnAt(k, notice) = 0, notice, consent)
                said = True
            ElseIf Not Known(values(at, notice)) Then
                Add k, at, notice, "K107"
            Else
                Add k, at, consent, "K107"
            End If
        End If
    Next
    For at = 1 To Count(k)
        If mAside(k, at) <> "" And Known(values(at, id)) Then
            If InStr(kept, "|" & values(at, id) & "|") = 0 Then mGone = mGone & values(at, id) & "|"
        End If
    Next
End Sub

Private Sub VisitsOfThose()
    Dim k As Long, at As Long, id As Long, values As Variant
    k = LedgerNumber("visits")
    If Not HasSheet(k) Or Count(k) = 0 Or mGone = "|" Then Exit Sub
    id = FieldAt("visits", "record_id")
    values = ValuesOf(k)
    For at = 1 To Count(k)
        If values(at, id) <> "" Then
            If InStr(mGone, "|" & values(at, id) & "|") > 0 Then mAside(k, at) = "K107"
        End If
    Next
End Sub

Private Sub NoCases()
    Dim k As Long, at As Long, kind As Long, party As Long, values As Variant, below As Boolean, words As Variant, word As Long, patient As Boolean
    k = LedgerNumber("cases")
    If Not HasSheet(k) Or Count(k) = 0 Then Exit Sub
    kind = FieldAt("cases", "type"): party = FieldAt("cases", "party_type")
    values = ValuesOf(k)
    below = (LevelOf(UnitCode) = "village" Or LevelOf(UnitCode) = "township")
    words = Split("患者|病人|孕妇|孕产妇|产妇|当事妇女|妇女|当事人本人|群众|夫妻|家属", "|")
    For at = 1 To Count(k)
        patient = False
        If IsUnread(values(at, party)) Then
            For word = 0 To UBound(words)
                If InStr(values(at, party), words(word)) > 0 Then patient = True
            Next
        End If
        If Known(values(at, party)) And below Then
            If InStr("|" & ORGANISATIONS & "|", "|" & values(at, party) & "|") = 0 Then patient = True
        End If
        If patient Then
            mAside(k, at) = "K110": Add k, at, party, "K110"
        ElseIf IsUnread(values(at, kind)) Then
            If Left(Mid(values(at, kind), Len(UNREAD_MARK) + 1), 1) <> "#" Then mAside(k, at) = "K111": Add k, at, kind, "K111"
        ElseIf values(at, kind) <> "" And CASE_CODES <> "" Then
            If InStr("|" & CASE_CODES & "|", "|" & values(at, kind) & "|") = 0 Then mAside(k, at) = "K111": Add k, at, kind, "K111"
        End If
    Next
End Sub

Private Sub ForbiddenColumns()
    Dim k As Long, columns As Variant, at As Long
    For k = 0 To LedgerCount() - 1
        If HasSheet(k) Then
            columns = Split(Mid(UnknownColumns(k), 2), "|")
            For at = 0 To UBound(columns)
                If ForbiddenWord(LedgerId(k), HeaderText(k, CLng(columns(at)))) <> "" Then
                    mLines.Add "" & SheetName(k) & "|" & ColumnLetter(CLng(columns(at))) & HeaderRowOf(k, CLng(columns(at))) & "|K102|" & LedgerId(k) & "|-" & columns(at)
                End If
            Next
        End If
    Next
End Sub

' ---------------------------------------------------------------------------------------------- the cover

Private Sub CoverCells()
    Dim field As Long, said As String
    If CoverSheet = "" Then Exit Sub
    For field = 1 To FieldCount("cover")
        said = CoverSaid(field)
        If Item("cover", field, 3) = "1" And Item("cover", field, 8) = "0" And CoverIsBlank(field) And said = "" Then
            mLines.Add "" & CoverSheet & "|" & CoverPlace(field) & "|G101|cover|" & field
        ElseIf InStr("|G102|G104|G106|G108|G109|", "|" & said & "|") > 0 And said <> "" Then
            mLines.Add "" & CoverSheet & "|" & CoverPlace(field) & "|" & said & "|cover|" & field
        End If
    Next
End Sub

Private Sub NilReports()
    Dim k As Long, at As Long, kept As Long
    For k = 0 To LedgerCount() - 1
        If (LedgerId(k) = "cases" Or LedgerId(k) = "works") And HasSheet(k) Then
            kept = 0
            For at = 1 To Count(k)
                If Not IsAside(k, at) Then kept = kept + 1
            Next
            If Count(k) = 0 And Not IsZero(k) Then mLines.Add "" & SheetName(k) & "||F105|" & LedgerId(k) & "|0"
            If kept > 0 And IsZero(k) Then mLines.Add "" & CoverSheet & "|" & ZeroPlace(k) & "|F108|" & LedgerId(k) & "|0"
        End If
    Next
End Sub

' ---------------------------------------------------------------------------------------------- any cell

Private Sub CellCodes()
    Dim line As Variant, parts As Variant
    For Each line In CellFindings()
        parts = Split(line, "|")
        If Not IsAside(CLng(parts(0)), CLng(parts(1))) Then Add CLng(parts(0)), CLng(parts(1)), CLng(parts(2)), "" & parts(3)
    Next
End Sub

Private Sub Blanks(ByVal k As Long)
    Dim field As Long, at As Long, ledger As String, values As Variant, name As String, needed As Boolean, other As Long, among As String
    ledger = LedgerId(k)
    values = ValuesOf(k)
    For field = 1 To FieldCount(ledger)
        name = Item(ledger, field, 0)
        among = Condition(ledger, name, other)
        If among <> "" Or (Item(ledger, field, 3) = "1" And Item(ledger, field, 8) = "0") Then
            If ColumnAt(k, field) > 0 Or Item(ledger, field, 3) = "0" Then
                For at = 1 To Count(k)
                    If values(at, field) = "" And Not IsAside(k, at) Then
                        needed = True
                        If among <> "" Then needed = Known(values(at, other)) And InStr(among, "|" & values(at, other) & "|") > 0
                        If needed And name = "unit_code" Then needed = False
                        If needed Then Add k, at, field, "G101"
                    End If
                Next
            End If
        End If
    Next
End Sub

' Cells that must not be blank where another cell says so: its field, and the values.
Private Function Condition(ByVal ledger As String, ByVal name As String, ByRef other As Long) As String
    Select Case ledger & "." & name
        Case "staff.area_codes": other = FieldAt(ledger, "role"): Condition = "|5|6|7|8|"
        Case "staff.upper_id": other = FieldAt(ledger, "level"): Condition = "|2|3|4|"
        Case "visits.need_status", "visits.need_found_on": other = FieldAt(ledger, "need"): Condition = "|1|2|3|4|9|"
        Case "cases.case_no": other = FieldAt(ledger, "status"): Condition = "|1|2|3|4|5|6|7|"
        Case "cases.party_name": other = FieldAt(ledger, "party_type"): Condition = "|" & ORGANISATIONS & "|"
    End Select
End Function

Private Sub Futures(ByVal k As Long)
    Dim field As Long, at As Long, ledger As String, values As Variant
    ledger = LedgerId(k)
    values = ValuesOf(k)
    For field = 1 To FieldCount(ledger)
        If Item(ledger, field, 2) = "date" And Item(ledger, field, 4) = "1" Then
            For at = 1 To Count(k)
                If Known(values(at, field)) And Not IsAside(k, at) Then
                    If CLng(values(at, field)) > AsOf Then Add k, at, field, "G103"
                End If
            Next
        End If
    Next
End Sub

' A day that is known and not in the future; 0 else.
Private Function PastDay(ByVal value As String) As Long
    If Not Known(value) Then Exit Function
    If CLng(value) <= AsOf Then PastDay = CLng(value)
End Function

' Every record after the first with the same text.
Private Sub Repeats(ByVal k As Long, ByVal code As String, ByVal marks As Long, keys() As String)
    Dim at As Long, seen As String
    seen = vbLf
    For at = 1 To Count(k)
        If keys(at) <> "" Then
            If InStr(seen, vbLf & keys(at) & vbLf) > 0 Then
                Add k, at, marks, code
            Else
                seen = seen & keys(at) & vbLf
            End If
        End If
    Next
End Sub

' ---------------------------------------------------------------------------------------------- ledger by ledger

Private Sub OfBook()
    Dim k As Long, at As Long, id As Long, phone As Long, values As Variant, keys() As String
    k = LedgerNumber("pregnancies")
    If Not HasSheet(k) Or Count(k) = 0 Then Exit Sub
    id = FieldAt("pregnancies", "record_id"): phone = FieldAt("pregnancies", "phone")
    values = ValuesOf(k)
    ReDim keys(0 To Count(k))
    For at = 1 To Count(k)
        If Not IsAside(k, at) Then
            If Known(values(at, id)) Then keys(at) = values(at, id)
            If Known(values(at, phone)) Then
                If Not IsPhone(values(at, phone)) Then Add k, at, phone, "P121"
            End If
        End If
    Next
    Repeats k, "P101", id, keys
End Sub

Private Sub OfVisits()
    Dim k As Long, b As Long, at As Long, row As Long, values As Variant, book As Variant, keys() As String, judged As Boolean, record As String, consent As String
    Dim first As String  ' the first kept row of every number, as "number=row;"
    Dim id As Long, day As Long, kind As Long, mode As Long, nextDay As Long, bookId As Long, bookConsent As Long
    k = LedgerNumber("visits"): b = LedgerNumber("pregnancies")
    If Not HasSheet(k) Or Count(k) = 0 Then Exit Sub
    id = FieldAt("visits", "record_id"): day = FieldAt("visits", "visit_date"): kind = FieldAt("visits", "visit_type")
    mode = FieldAt("visits", "mode"): nextDay = FieldAt("visits", "next_date")
    bookId = FieldAt("pregnancies", "record_id"): bookConsent = FieldAt("pregnancies", "consent")
    values = ValuesOf(k)
    If HasSheet(b) Then
        book = ValuesOf(b)
        judged = ColumnAt(b, bookId) > 0
        For row = 1 To Count(b)
            If Not IsAside(b, row) And book(row, bookId) <> "" Then
                If IsUnread(book(row, bookId)) Then
                    judged = False
                ElseIf InStr(first, vbLf & book(row, bookId) & "=") = 0 Then
                    first = first & vbLf & book(row, bookId) & "=" & row & ";"
                End If
            End If
        Next
    End If
    ReDim keys(0 To Count(k))
    For at = 1 To Count(k)
        If Not IsAside(k, at) Then
            record = values(at, id)
            If Known(record) And Known(values(at, day)) And Known(values(at, kind)) Then keys(at) = record & "," & values(at, day) & "," & values(at, kind)
            If Known(values(at, nextDay)) And PastDay(values(at, day)) > 0 Then
                If CLng(values(at, nextDay)) <= CLng(values(at, day)) Then Add k, at, nextDay, "V108"
            End If
            If Known(record) And HasSheet(b) Then
                row = InStr(first, vbLf & record & "=")
                If row = 0 Then
                    If judged Then Add k, at, id, "V101"
                Else
                    row = Val(Mid(first, row + Len(record) + 2, 9))
                    consent = book(row, bookConsent)
                    If values(at, mode) = "1" And consent = "2" Then Add k, at, mode, "V110"
                    If consent = "3" And (values(at, mode) = "1" Or values(at, mode) = "5" Or values(at, kind) = "8") Then Add k, at, mode, "V111"
                End If
            End If
        End If
    Next
    Repeats k, "V104", day, keys
End Sub

Private Sub OfBirths()
    Dim k As Long, at As Long, item As Long, names As Variant, fields(0 To 4) As Long, values As Variant, sum As Double, fine As Boolean, ledger As Variant
    For Each ledger In Split("births|birth_orders", "|")
        k = LedgerNumber("" & ledger)
        If HasSheet(k) And Count(k) > 0 Then
            names = Split(IIf(ledger = "births", "live_births|boys|girls|unstated|late", "boys|girls|unstated|facility_births"), "|")
            For item = 0 To UBound(names)
                fields(item) = FieldAt("" & ledger, "" & names(item))
            Next
            values = ValuesOf(k)
            For at = 1 To Count(k)
                fine = True
                For item = 0 To UBound(names)
                    If fine And Known(values(at, fields(item))) Then
                        If Left(values(at, fields(item)), 1) = "-" Then Add k, at, fields(item), "B101": fine = False
                    End If
                Next
                If fine And ledger = "births" Then
                    If Known(values(at, fields(0))) And Known(values(at, fields(1))) And Known(values(at, fields(2))) And Not IsUnread(values(at, fields(3))) Then
                        sum = CDbl(values(at, fields(1))) + CDbl(values(at, fields(2)))
                        If values(at, fields(3)) <> "" Then sum = sum + CDbl(values(at, fields(3)))
                        If sum <> CDbl(values(at, fields(0))) Then Add k, at, fields(0), "B101"
                    End If
                End If
            Next
        End If
    Next
End Sub

Private Sub OfStaff()
    Dim k As Long, at As Long, id As Long, values As Variant, keys() As String
    k = LedgerNumber("staff")
    If Not HasSheet(k) Or Count(k) = 0 Then Exit Sub
    id = FieldAt("staff", "staff_id")
    values = ValuesOf(k)
    ReDim keys(0 To Count(k))
    For at = 1 To Count(k)
        If Known(values(at, id)) Then keys(at) = values(at, id)
    Next
    Repeats k, "S101", id, keys
End Sub

Private Sub OfCases()
    Dim k As Long, at As Long, values As Variant, stage As Long, latest As Long, day As Long, needs As Variant, need As Long, cut As Long, field As Long, status As Long
    Dim days(0 To 3) As Long
    k = LedgerNumber("cases")
    If Not HasSheet(k) Or Count(k) = 0 Then Exit Sub
    values = ValuesOf(k)
    days(0) = FieldAt("cases", "found_on"): days(1) = FieldAt("cases", "filed_on")
    days(2) = FieldAt("cases", "decided_on"): days(3) = FieldAt("cases", "closed_on")
    status = FieldAt("cases", "status")
    needs = Split(STAGE_NEEDS, "|")
    For at = 1 To Count(k)
        If Not IsAside(k, at) Then
            latest = PastDay(values(at, days(0)))
            For stage = 1 To 3
                day = PastDay(values(at, days(stage)))
                If day > 0 And day < latest Then Add k, at, days(stage), "C102": Exit For
                If day > latest Then latest = day
            Next
            If Known(values(at, status)) Then
                For need = 0 To UBound(needs)
                    cut = InStr(needs(need), ":")
                    If InStr("," & Mid(needs(need), cut + 1) & ",", "," & values(at, status) & ",") > 0 Then
                        field = FieldAt("cases", Left(needs(need), cut - 1))
                        If values(at, field) = "" Then Add k, at, field, "C103"
                    End If
                Next
            End If
        End If
    Next
End Sub
