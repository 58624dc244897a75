Attribute VB_Name = "Model"
Option Explicit
' A workbook as values: its cover, and each ledger as rows of text (see Kinds). Reads cells, changes nothing.

Public UnitCode As String
Public Period As String
Public AsOf As Long
Public BookKey As String
Public CoverSheet As String
Public FirstSheet As String
Public Sideways As String      ' a sheet whose table stands side by side: not read by macros

Private Const OWN_SHEETS As String = "|填表说明|代码表|本册密钥|上报情况|对账|问题清单|重复与冲突|待裁定|读取记录|告知书|未来30天|"
Private mSheet(0 To 9) As String
Private mHead(0 To 9) As Long
Private mTop(0 To 9) As Long
Private mColumns(0 To 9) As Variant
Private mRows(0 To 9) As Variant
Private mValues(0 To 9) As Variant
Private mCount(0 To 9) As Long
Private mUnknown(0 To 9) As String
Private mGrid(0 To 9) As Variant
Private mLmp(0 To 9) As Long
Private mPlaced As Boolean     ' whether the sheet looked at holds a ledger
Private mRank(0 To 9) As Long  ' no sample before samples, records before none, the exact name before another
Private mMany(0 To 9) As Variant
Private mFindings As Collection
Private mCover() As String
Private mCoverSaid() As String
Private mCoverPlace() As String
Private mZero(0 To 9) As String
Private mZeroPlace(0 To 9) As String
' What the column is whose cells are being understood.
Private mKind As String, mList As String, mNumbered As String, mFree As Boolean, mOpen As Boolean, mPerson As Boolean, mLasting As Boolean
' What is known of cells of lists, days and numbers, for the next check too: nothing that names a person.
Private mKnown(0 To 9, 0 To 30) As String

Public Sub ReadBook(book As Object)
    Dim sheet As Object, grid As Variant, key As String, k As Long, maybe As String
    For k = 0 To 9
        mSheet(k) = "": mCount(k) = 0: mUnknown(k) = "": mHead(k) = 0: mZero(k) = "": mZeroPlace(k) = "": mLmp(k) = 0: mRank(k) = 0
    Next
    Set mFindings = New Collection
    BookKey = "": UnitCode = "": Period = "": CoverSheet = "": Sideways = ""
    ReDim mCover(0 To FieldCount("cover"))
    ReDim mCoverSaid(0 To FieldCount("cover"))
    ReDim mCoverPlace(0 To FieldCount("cover"))
    FirstSheet = book.Worksheets(1).Name
    For Each sheet In book.Worksheets
        key = HeaderKey(sheet.Name)
        If sheet.Name = "本册密钥" Then
            BookKey = KeyIn(GridOf(sheet))
        ElseIf CoverSheet = "" And (key = "封面" Or key = "首页" Or key = "封面页") Then
            CoverSheet = sheet.Name
            ReadCover GridOf(sheet)
        ElseIf InStr(OWN_SHEETS, "|" & key & "|") = 0 Then
            grid = GridOf(sheet)
            mPlaced = False
            Locate sheet, grid
            If Not mPlaced And maybe = "" Then
                If LabelsIn(grid) >= 4 Then maybe = sheet.Name
            End If
        End If
    Next
    If CoverSheet = "" And maybe <> "" Then
        CoverSheet = maybe
        ReadCover GridOf(book.Worksheets(maybe))
    End If
    UnderstandCover
    k = LedgerNumber("staff")
    If mSheet(k) <> "" Then Understand k
    For k = 0 To LedgerCount() - 1
        If LedgerId(k) <> "staff" And mSheet(k) <> "" Then Understand k
    Next
End Sub

' The last row with something in it: one formatted cell at the bottom of a sheet makes all of it "used".
Private Function LastFilled(sheet As Object, ByVal rows As Long) As Long
    Dim cell As Object
    LastFilled = rows
    On Error Resume Next
    Set cell = sheet.Cells.Find("*", , -4123, , 1, 2)   ' in formulas, by rows, backwards
    If Not cell Is Nothing Then LastFilled = cell.Row
    On Error GoTo 0
End Function

' The used cells of a sheet from A1; error values as their text.
Public Function GridOf(sheet As Object) As Variant
    Dim used As Object, rows As Long, columns As Long, grid As Variant, row As Long, column As Long, shown As String
    Set used = sheet.UsedRange
    rows = used.Row + used.Rows.Count - 1
    columns = used.Column + used.Columns.Count - 1
    If rows > 20000 Then rows = LastFilled(sheet, rows)
    If rows < 2 Then rows = 2
    If columns < 2 Then columns = 2
    If columns > 200 Then columns = 200
    grid = sheet.Range(sheet.Cells(1, 1), sheet.Cells(rows, columns)).Value
    For row = 1 To rows
        For column = 1 To columns
            If VarType(grid(row, column)) = vbError Then
                grid(row, column) = ErrorShown(sheet.Cells(row, column), grid(row, column))
            ElseIf VarType(grid(row, column)) = vbDouble Then
                If grid(row, column) = 0 Then
                    shown = sheet.Cells(row, column).Text
                    If IsErrorText(shown) Then grid(row, column) = shown
                End If
            End If
        Next
    Next
    GridOf = grid
End Function

' The name of an error value; a narrow column shows only signs, so Excel is asked for its number.
Private Function ErrorShown(cell As Object, value As Variant) As String
    Dim names As Variant, at As Long, number As Long
    ErrorShown = cell.Text
    If IsErrorText(ErrorShown) Then Exit Function
    ErrorShown = "#N/A"
    If InLibreOffice() Then Exit Function
    names = Split("2000#NULL!|2007#DIV/0!|2015#VALUE!|2023#REF!|2029#NAME?|2036#NUM!", "|")
    number = CLng(value)
    For at = 0 To UBound(names)
        If number = CLng(Left(names(at), 4)) Then ErrorShown = Mid(names(at), 5)
    Next
End Function

' Merged cells among the first rows, as Find.Prepare takes them.
Private Function MergedIn(sheet As Object, grid As Variant) As String
    Dim row As Long, column As Long, last As Long, area As Object, out As String, mixed As Variant
    mixed = sheet.UsedRange.MergeCells
    If Not IsNull(mixed) Then
        If Not mixed Then Exit Function
    End If
    last = UBound(grid, 1)
    If last > 23 Then last = 23
    For row = 1 To last
        For column = 1 To UBound(grid, 2)
            If VarType(grid(row, column)) = vbString Then
                If Len("" & grid(row, column)) > 0 Then
                    If sheet.Cells(row, column).MergeCells Then
                        Set area = sheet.Cells(row, column).MergeArea
                        out = out & IIf(out = "", "", "|") & row & "," & column & "," & (row + area.Rows.Count - 1) & "," & (column + area.Columns.Count - 1)
                    End If
                End If
            End If
        Next
    Next
    MergedIn = out
End Function

Private Function KeyIn(grid As Variant) As String
    Dim text As String, at As Long
    If VarType(grid(1, 1)) <> vbString Then Exit Function
    text = CodeText("" & grid(1, 1))
    If Len(text) <> 32 Then Exit Function
    For at = 1 To 32
        If InStr("0123456789abcdef", Mid(text, at, 1)) = 0 Then Exit Function
    Next
    KeyIn = text
End Function

' ---------------------------------------------------------------------------------------------- which sheet is which ledger

Private Sub Locate(sheet As Object, grid As Variant)
    Dim k As Long, exact As Boolean, best As Long, score As Double, found As Double, wanted As Long, least As Long, field As Long, ledger As String, have As Long
    Prepare grid, MergedIn(sheet, grid)
    k = LedgerOfName(sheet.Name, exact)
    If k >= 0 Then
        least = FieldCount(LedgerId(k)) \ 2
        If least > 3 Then least = 3
        If FindHeading(LedgerId(k), least) Then Take k, sheet, grid, exact: Exit Sub
    End If
    best = -1
    For k = 0 To LedgerCount() - 1
        ledger = LedgerId(k)
        wanted = 0
        For field = 1 To FieldCount(ledger)
            If Item(ledger, field, 3) = "1" Then wanted = wanted + 1
        Next
        If wanted = 0 Then wanted = FieldCount(ledger)
        least = (wanted + 1) \ 2
        If least < 3 Then least = 3
        If FindHeading(ledger, least) Then
            have = 0
            For field = 1 To FieldCount(ledger)
                If Item(ledger, field, 3) = "1" And HeadColumns(field) > 0 Then have = have + 1
            Next
            found = 10 * HeadFound / (HeadFound + UBound(Split(HeadUnknown & "|", "|")) - 1) + have / wanted / 10 + HeadFound / 10000
            If found > score Then score = found: best = k
        End If
    Next
    If best < 0 Then Exit Sub
    ledger = LedgerId(best)
    If FindHeading(ledger, 3) Then Take best, sheet, grid, False
End Sub

' Keep a sheet as this ledger's, unless one that is better was found before.
Private Sub Take(ByVal k As Long, sheet As Object, grid As Variant, ByVal exact As Boolean)
    Dim rows As String, rank As Long
    mPlaced = True
    rows = RecordRows(grid, LedgerId(k))
    rank = 1
    If exact Then rank = 2
    If rows <> "" Then rank = rank + 2
    If Not IsSampleSheet(sheet.Name, grid) Then rank = rank + 4
    If rank <= mRank(k) Then Exit Sub
    mRank(k) = rank
    If HeadSideways Then Sideways = sheet.Name
    mSheet(k) = sheet.Name
    mHead(k) = HeadBottom
    mTop(k) = HeadTop
    mColumns(k) = NumbersOf(HeadColumns)
    mMany(k) = TextsOf(HeadMany)
    mLmp(k) = HeadLmp
    mUnknown(k) = HeadUnknown
    mRows(k) = Split(rows, "|")
    mCount(k) = UBound(mRows(k)) + 1
    If mCount(k) > 1 Then FillMergedDown k, sheet, grid
    mGrid(k) = grid
End Sub

' Whether a sheet's name, or a line above its header, says that it shows how to fill in. 示例县 and 样例镇 are places.
Private Function IsSampleSheet(ByVal name As String, grid As Variant) As Boolean
    Dim row As Long, column As Long, text As String, word As Variant, at As Long
    name = Plain(name)
    For Each word In Split("样表|范例|样本|填说明|填写说明|填报说明|填表说明|填法", "|")
        If InStr(name, word) > 0 Then IsSampleSheet = True: Exit Function
    Next
    For Each word In Split("样例|示例", "|")
        at = InStr(name, word)
        Do While at > 0
            If Mid(name, at + 2, 1) = "" Or InStr("县区市乡镇村", Mid(name, at + 2, 1)) = 0 Then IsSampleSheet = True: Exit Function
            at = InStr(at + 1, name, word)
        Loop
    Next
    For row = 1 To HeadTop - 1
        For column = 1 To UBound(grid, 2)
            If VarType(grid(row, column)) = vbString Then
                text = Replace(Replace(Plain("" & grid(row, column)), "（", "("), "）", ")")
                For Each word In Split("样表|填写示例|填写样例|填写范例|填报示例|填报样例|填报范例|(样例)|(示例)|(范例)|(样本)", "|")
                    If InStr(text, word) > 0 Then IsSampleSheet = True: Exit Function
                Next
            End If
        Next
    Next
End Function

' A cell merged down the side of the records stands for all of them; an amount does not.
Private Sub FillMergedDown(ByVal k As Long, sheet As Object, grid As Variant)
    Dim first As Long, last As Long, field As Long, column As Long, row As Long, deep As Long, below As Long, area As Object, mixed As Variant
    first = mHead(k) + 1: last = CLng(mRows(k)(mCount(k) - 1))
    mixed = sheet.Range(sheet.Cells(first, 1), sheet.Cells(last, UBound(grid, 2))).MergeCells
    If Not IsNull(mixed) Then
        If Not mixed Then Exit Sub
    End If
    For field = 1 To UBound(mColumns(k))
        column = mColumns(k)(field)
        If column > 0 And Not IsAmong(Item(LedgerId(k), field, 2), "count|flag|money") Then
            For row = first To last - 1
                If Not IsEmpty(grid(row, column)) And IsEmpty(grid(row + 1, column)) Then
                    If sheet.Cells(row, column).MergeCells Then
                        Set area = sheet.Cells(row, column).MergeArea
                        deep = row + area.Rows.Count - 1
                        If deep > last Then deep = last
                        If area.Column = column And area.Row = row Then
                            For below = row + 1 To deep
                                grid(below, column) = grid(row, column)
                            Next
                        End If
                    End If
                End If
            Next
        End If
    Next
End Sub

' A copy that later changes do not reach: LibreOffice hands arrays over by reference.
Private Function NumbersOf(numbers() As Long) As Variant
    Dim out() As Long, at As Long
    ReDim out(LBound(numbers) To UBound(numbers))
    For at = LBound(numbers) To UBound(numbers)
        out(at) = numbers(at)
    Next
    NumbersOf = out
End Function

Private Function TextsOf(texts() As String) As Variant
    Dim out() As String, at As Long
    ReDim out(LBound(texts) To UBound(texts))
    For at = LBound(texts) To UBound(texts)
        out(at) = texts(at)
    Next
    TextsOf = out
End Function

' ---------------------------------------------------------------------------------------------- cells to values

' Every distinct cell of a column is understood once; what is known of it is kept as "type text, value, what is said of it".
Private Sub Understand(ByVal k As Long)
    Dim ledger As String, values() As String, field As Long, fields As Long, at As Long, column As Long, numbers() As Long, rows As Variant, columns As Variant, known As String
    Dim grid As Variant, cell As Variant, key As String, found As Long, ends As Long, parts As Variant, above As String
    ledger = LedgerId(k)
    fields = FieldCount(ledger)
    ReDim values(0 To mCount(k), 0 To fields)
    ReDim numbers(0 To mCount(k))
    grid = mGrid(k): rows = mRows(k): columns = mColumns(k)
    For at = 1 To mCount(k)
        numbers(at) = CLng(rows(at - 1))
    Next
    For field = 1 To fields
        column = columns(field)
        If column > 0 Then
            LookAt ledger, field, "" & mMany(k)(field)
            known = mKnown(k, field): above = ""
            If known = "" Then known = Chr(1)
            For at = 1 To mCount(k)
                cell = grid(numbers(at), column)
                If IsEmpty(cell) Then
                    above = "": values(at, field) = ""
                Else
                    If VarType(cell) = vbString Then key = "" & cell Else key = TypedKey(cell)
                    found = InStr(known, Chr(1) & key & Chr(2))
                    If InStr(key, Chr(2)) > 0 Then found = 0
                    If found = 0 Then
                        If InStr(key, Chr(1)) + InStr(key, Chr(2)) > 0 Then key = Replace(Replace(key, Chr(1), "?"), Chr(2), "?")
                        If Len(known) > 20000 Then known = Chr(1)
                        found = Len(known)
                        known = known & key & Chr(2) & Understood(cell) & Chr(1)
                    End If
                    found = found + Len(key) + 2
                    ends = InStr(found, known, Chr(1))
                    key = Mid(known, found, ends - found)
                    If key = "=" Then
                        key = above
                        If at = 1 Then key = Understood("" & cell & Chr(3))
                    End If
                    above = key
                    If key <> "" Then
                        found = InStr(key, Chr(2))
                        values(at, field) = Left(key, found - 1)
                        If found < Len(key) Then NoteFinding k, at, field, Mid(key, found + 1)
                    End If
                End If
            Next
            If mLasting Then mKnown(k, field) = known
        End If
    Next
    mValues(k) = values
    If ledger = "pregnancies" And mLmp(k) > 0 Then DueDates k
End Sub

' A cell that is no text, as a text no typed one is equal to.
Private Function TypedKey(cell As Variant) As String
    If VarType(cell) = vbDate Then TypedKey = Chr(3) & "d" & CDbl(cell) Else TypedKey = Chr(3) & VarType(cell) & cell
End Function

' Remember what the column is whose cells come next.
Private Sub LookAt(ByVal ledger As String, ByVal field As Long, ByVal many As String)
    mKind = Item(ledger, field, 2): mList = Item(ledger, field, 5): mNumbered = many
    mFree = (Item(ledger, field, 7) = "1")
    mOpen = (SheetItem(ledger, 2) <> "1") And mKind <> "upper"
    mLasting = (many = "") And IsAmong(mKind, "choice|multi|bool|date|count|flag|month|quarter|units") Or Left(mKind, 5) = "unit:"
    mPerson = (Item(ledger, field, 0) = "upper_id") Or (Item(ledger, field, 0) = "staff_id" And ledger <> "staff")
End Sub

' Letters and digits that are their own value in a column of codes or texts: most cells are, and need no closer look.
Private Function IsSimple(ByVal text As String) As Boolean
    If Len(text) > 17 Or mFree Then Exit Function
    Select Case mKind
        Case "code", "upper", "name", "text"
            If text Like "*[0-9]*" Then IsSimple = Not (text Like "*[!0-9A-Za-z-]*") And Not (text Like "*[eE]*")
        Case "phone"
            IsSimple = (text Like "1##########")
    End Select
End Function

' A cell's value and what is said of it, parted by a sign; "=" where it says 同上.
Private Function Understood(ByVal cell As Variant) As String
    Dim said As String, value As String, code As Long
    If VarType(cell) = vbString Then
        If Len(cell) = 0 Then Understood = Chr(2): Exit Function
        If IsSimple("" & cell) Then Understood = IIf(mKind = "upper", UCase(cell), cell) & Chr(2): Exit Function
        code = AscW(cell) And 65535
        If Right(cell, 1) = Chr(3) Then
            cell = Left(cell, Len(cell) - 1)
        ElseIf Len(cell) > 8 Or (code > 57 And code < 127) Or (code >= 19968 And code <= 40959 And Left(cell, 1) <> "同") Then
        ElseIf IsDitto("" & cell) Then
            Understood = "=": Exit Function
        End If
    End If
    If mNumbered <> "" Then
        If VarType(cell) = vbDouble Then
            cell = "" & cell & mNumbered
        ElseIf VarType(cell) = vbString Then
            If IsDigits(Replace(Replace(Plain("" & cell), ",", ""), ".", "")) Then cell = "" & cell & mNumbered
        End If
    End If
    value = Parsed(mKind, mList, cell, said)
    If mOpen And VarType(cell) = vbString Then value = KeptText("" & cell, value, mFree, said)
    If mPerson Then
        If HasHan(value) And Not IsUnread(value) Then value = PersonNamed(value, said)
    End If
    Understood = Replace(Replace(value, Chr(1), ""), Chr(2), "") & Chr(2) & said
End Function

Private Sub NoteFinding(ByVal k As Long, ByVal at As Long, ByVal field As Long, ByVal said As String)
    If InStr("|G102|G104|G106|G108|G109|", "|" & said & "|") > 0 Then mFindings.Add "" & k & "|" & at & "|" & field & "|" & said
End Sub

' Office texts that may not be kept are unread (K103, K105): nobody's number or circumstances travel.
Private Function KeptText(ByVal cell As String, ByVal value As String, ByVal isFree As Boolean, ByRef said As String) As String
    Dim code As String
    KeptText = value
    If IsUnread(value) And Left(said, 1) <> "G" Then Exit Function
    code = UnfitText(cell, isFree)
    If code <> "" Then KeptText = UNREAD_MARK & "#" & code & "!": said = code
End Function

Private Sub DueDates(ByVal k As Long)
    Dim at As Long, field As Long, said As String, day As String, values As Variant
    field = FieldAt("pregnancies", "edd")
    values = mValues(k)
    For at = 1 To mCount(k)
        If values(at, field) = "" Then
            day = Parsed("date", "", mGrid(k)(CLng(mRows(k)(at - 1)), mLmp(k)), said)
            If day <> "" And Not IsUnread(day) Then values(at, field) = "" & (CLng(day) + 280)
        End If
    Next
    mValues(k) = values
End Sub

Public Function IsDitto(ByVal cell As String) As Boolean
    Dim text As String
    If Len(cell) > 8 Then Exit Function
    text = Plain(cell)
    If Len(text) = 0 Then Exit Function
    IsDitto = (text = """") Or IsAmong(text, "同上|〃|″|同 上|〃〃|同前|''|同上行|（同上）|(同上)|“|”")
End Function

' A name where a person's number belongs: the number, where the workbook's own list has that name once.
Private Function PersonNamed(ByVal name As String, ByRef said As String) As String
    Dim k As Long, at As Long, number As String, found As String, values As Variant, nameAt As Long, idAt As Long
    k = LedgerNumber("staff")
    said = "G104"
    PersonNamed = UNREAD_MARK & name
    If mSheet(k) = "" Then Exit Function
    values = mValues(k)
    If IsEmpty(values) Then Exit Function
    nameAt = FieldAt("staff", "name"): idAt = FieldAt("staff", "staff_id")
    For at = 1 To mCount(k)
        number = values(at, idAt)
        If values(at, nameAt) = name And number <> "" And Not IsUnread(number) Then
            If found <> "" And found <> number Then Exit Function
            found = number
        End If
    Next
    If found <> "" Then PersonNamed = found: said = "G111"
End Function

' ---------------------------------------------------------------------------------------------- the cover

Private Sub ReadCover(grid As Variant)
    Dim row As Long, column As Long, field As Long, far As Long, reach(1 To 200) As Long, away As Long, columns As Long, other As Long
    Dim rowsAt As Long, zeroAt As Long, key As String, k As Long, at As Long
    columns = UBound(grid, 2)
    For row = 1 To UBound(grid, 1)
        For column = 1 To columns
            If CoverField(grid(row, column)) > 0 Then
                away = 3
                For far = 3 To 1 Step -1
                    If column + far <= columns Then
                        If Not IsBlankCell(grid(row, column + far)) Then away = far
                    End If
                Next
                If reach(column) = 0 Or away < reach(column) Then reach(column) = away
            End If
        Next
    Next
    For row = 1 To UBound(grid, 1)
        rowsAt = 0
        For column = 1 To columns
            field = CoverField(grid(row, column))
            If field > 0 Then
                If mCoverPlace(field) = "" Then mCoverPlace(field) = "" & row & "," & (column + 1)
                For far = 1 To reach(column)
                    If column + far <= columns Then
                        If Not IsBlankCell(grid(row, column + far)) Then
                            other = CoverField(grid(row, column + far))
                            If other = 0 And mCoverSaid(field) = "" And mCover(field) = "" Then mCoverSaid(field) = "" & row & "," & (column + far)
                            Exit For
                        End If
                    End If
                Next
            End If
            If VarType(grid(row, column)) = vbString Then
                key = HeaderKey("" & grid(row, column))
                If key = "行数" Then rowsAt = column
                If key = "本月无" And rowsAt > 0 Then zeroAt = column
                If zeroAt > 0 Then
                    For k = 0 To LedgerCount() - 1
                        If key = SheetItem(LedgerId(k), 0) And zeroAt <= columns Then
                            mZero(k) = "" & row & "," & zeroAt
                            mZeroPlace(k) = mZero(k)
                        End If
                    Next
                End If
            End If
        Next
    Next
    For field = 1 To FieldCount("cover")
        at = InStr(mCoverSaid(field), ",")
        If at > 0 Then
            key = ""
            mCover(field) = Parsed(Item("cover", field, 2), Item("cover", field, 5), grid(CLng(Left(mCoverSaid(field), at - 1)), CLng(Mid(mCoverSaid(field), at + 1))), key)
            mCoverSaid(field) = key
        End If
    Next
    For k = 0 To LedgerCount() - 1
        at = InStr(mZero(k), ",")
        If at > 0 Then mZero(k) = Parsed("bool", "", grid(CLng(Left(mZero(k), at - 1)), CLng(Mid(mZero(k), at + 1))), key)
    Next
End Sub

' How many of the cover's labels stand on a sheet: with four it is a cover, whatever its name.
Private Function LabelsIn(grid As Variant) As Long
    Dim row As Long, column As Long, field As Long, seen As String
    For row = 1 To UBound(grid, 1)
        If row > 60 Then Exit For
        For column = 1 To UBound(grid, 2)
            field = CoverField(grid(row, column))
            If field > 0 And InStr(seen & "|", "|" & field & "|") = 0 Then seen = seen & "|" & field: LabelsIn = LabelsIn + 1
        Next
    Next
End Function

Private Function CoverField(cell As Variant) As Long
    If VarType(cell) <> vbString Then Exit Function
    If Len("" & cell) > 30 Or Len("" & cell) = 0 Then Exit Function
    CoverField = FieldOfKey("cover", HeaderKey("" & cell))
    If CoverField < 0 Then CoverField = 0
End Function

Private Sub UnderstandCover()
    Dim field As Long, day As String, said As String
    field = FieldAt("cover", "unit_name")
    If mCover(FieldAt("cover", "unit_code")) = "" And IsDigits(mCover(field)) Then
        day = Parsed("unit:", "", mCover(field), said)
        If said = "" Then mCover(FieldAt("cover", "unit_code")) = day: mCover(field) = ""
    End If
    UnitCode = CoverValue("unit_code")
    Period = CoverValue("period")
    If CoverValue("zero_cases") <> "" Then mZero(LedgerNumber("cases")) = CoverValue("zero_cases")
    If CoverValue("zero_works") <> "" Then mZero(LedgerNumber("works")) = CoverValue("zero_works")
    field = FieldAt("cover", "zero_cases")
    If mCoverPlace(field) <> "" Then mZeroPlace(LedgerNumber("cases")) = mCoverPlace(field)
    field = FieldAt("cover", "zero_works")
    If mCoverPlace(field) <> "" Then mZeroPlace(LedgerNumber("works")) = mCoverPlace(field)
    AsOf = 2000000
    If Period <> "" Then AsOf = LastDay(Period)
    day = CoverValue("prepared_on")
    If day <> "" Then AsOf = CLng(day)
End Sub

' A cover's value; "" where it is blank or could not be read.
Public Function CoverValue(ByVal name As String) As String
    CoverValue = mCover(FieldAt("cover", name))
    If IsUnread(CoverValue) Then CoverValue = ""
End Function

Public Function CoverSaid(ByVal field As Long) As String
    CoverSaid = mCoverSaid(field)
End Function

Public Function CoverIsBlank(ByVal field As Long) As Boolean
    CoverIsBlank = (mCover(field) = "")
End Function

' Where a cover's value stands, as C8; "" where the label is missing.
Public Function CoverPlace(ByVal field As Long) As String
    CoverPlace = CellName(mCoverPlace(field))
End Function

Public Function ZeroPlace(ByVal k As Long) As String
    ZeroPlace = CellName(mZeroPlace(k))
End Function

Public Function IsZero(ByVal k As Long) As Boolean
    IsZero = (mZero(k) = "1")
End Function

Private Function CellName(ByVal place As String) As String
    Dim at As Long
    at = InStr(place, ",")
    If at > 0 Then CellName = ColumnLetter(CLng(Mid(place, at + 1))) & Left(place, at - 1)
End Function

Public Function ColumnLetter(ByVal column As Long) As String
    Do While column > 0
        ColumnLetter = Chr(65 + (column - 1) Mod 26) & ColumnLetter
        column = (column - 1) \ 26
    Loop
End Function

' ---------------------------------------------------------------------------------------------- what was read

Public Function HasSheet(ByVal k As Long) As Boolean
    HasSheet = mSheet(k) <> ""
End Function

Public Function SheetName(ByVal k As Long) As String
    SheetName = mSheet(k)
End Function

Public Function Count(ByVal k As Long) As Long
    Count = mCount(k)
End Function

Public Function ValuesOf(ByVal k As Long) As Variant
    ValuesOf = mValues(k)
End Function

Public Function RowAt(ByVal k As Long, ByVal at As Long) As Long
    RowAt = CLng(mRows(k)(at - 1))
End Function

Public Function ColumnAt(ByVal k As Long, ByVal field As Long) As Long
    If mSheet(k) <> "" Then ColumnAt = mColumns(k)(field)
End Function

' The lowest row of the header with something in a column.
Public Function HeaderRowOf(ByVal k As Long, ByVal column As Long) As Long
    Dim row As Long
    HeaderRowOf = mHead(k)
    For row = mHead(k) To mTop(k) Step -1
        If Not IsBlankCell(mGrid(k)(row, column)) Then HeaderRowOf = row: Exit Function
    Next
End Function

Public Function UnknownColumns(ByVal k As Long) As String
    UnknownColumns = mUnknown(k)
End Function

' The lowest text of a header over a column without a field.
Public Function HeaderText(ByVal k As Long, ByVal column As Long) As String
    Dim row As Long
    For row = mHead(k) To 1 Step -1
        If VarType(mGrid(k)(row, column)) = vbString Then
            If Not IsBlankCell(mGrid(k)(row, column)) Then HeaderText = "" & mGrid(k)(row, column): Exit Function
        End If
    Next
End Function

' Findings of single cells: "ledger|record|field|code".
Public Function CellFindings() As Collection
    Set CellFindings = mFindings
End Function

' What the cell of a record's field holds.
Public Function RawAt(ByVal k As Long, ByVal at As Long, ByVal field As Long) As Variant
    If ColumnAt(k, field) > 0 Then RawAt = mGrid(k)(RowAt(k, at), ColumnAt(k, field))
End Function
