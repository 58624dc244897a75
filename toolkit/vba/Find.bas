Attribute VB_Name = "Find"
Option Explicit
' Where a ledger's header stands on a sheet, and what each row under it is: as steps/heading.py and row_kinds.py,
' for one table on a sheet. A grid is what Range.Value gives: rows and columns count from 1.

Public HeadTop As Long
Public HeadBottom As Long
Public HeadFound As Long
Public HeadSideways As Boolean ' the header stands again to the right as a whole
Public HeadColumns() As Long   ' field -> column, 0 where there is none
Public HeadLmp As Long
Public HeadMany() As String    ' field -> 万 or 千 where the header counts so
Public HeadUnknown As String   ' column numbers without a field, parted by |

Private Const WITHIN As Long = 20
Private Const LONGEST_GROUP As Long = 60
Private Const NOTE_SIGNS As String = "注备说填制经审复负单主分领签日时联电报上盖公※以本此附特第共（(*计金"
Private mTexts() As String
Private mKeys() As String
Private mFields() As Long      ' row, column -> what the key there means in the ledger looked for
Private mLimit As Long
Private mWidth As Long
Private mMerged As Variant     ' rows of top, left, bottom, right
Private mMergedCount As Long
Private mAbove As String
Private mFieldOf() As Long     ' column -> field, LMP too
Private mTells() As Boolean      ' column -> whether it makes a row a record
Private mIsFree() As Boolean
Private mTelling As Long
Private mMine As Long
Private mLeading As Long

' Get ready for a sheet: the texts of its first rows and their keys. merged: "top,left,bottom,right" parted by |.
Public Sub Prepare(grid As Variant, ByVal merged As String)
    Dim row As Long, column As Long, areas As Variant, at As Long, parts As Variant, line As String, cell As Variant, code As Long, there As Boolean
    mLimit = UBound(grid, 1)
    If mLimit > WITHIN + 3 Then mLimit = WITHIN + 3
    mWidth = UBound(grid, 2)
    ReDim mTexts(1 To mLimit, 1 To mWidth)
    ReDim mKeys(1 To mLimit, 1 To mWidth)
    For row = 1 To mLimit
        line = ""
        For column = 1 To mWidth
            cell = grid(row, column)
            If VarType(cell) = vbString Then
                If Len(cell) > 0 Then
                    code = AscW(cell) And 65535
                    there = (code > 32 And code < 127) Or (code >= 19968 And code <= 40959)
                    If Not there Then there = Not IsBlankCell(cell)
                    If there Then
                        mTexts(row, column) = "" & cell
                        If Len(cell) <= LONGEST_GROUP Then mKeys(row, column) = "" & cell: line = line & cell
                    End If
                End If
            End If
        Next
        If IsNoisy(line) Then
            For column = 1 To mWidth
                If mKeys(row, column) <> "" Then mKeys(row, column) = HeaderKey(mKeys(row, column))
            Next
        Else
            For column = 1 To mWidth
                If mKeys(row, column) <> "" Then mKeys(row, column) = UCase(mKeys(row, column))
            Next
        End If
    Next
    mMergedCount = 0
    If Len(merged) > 0 Then
        areas = Split(merged, "|")
        ReDim mMerged(1 To UBound(areas) + 1, 1 To 4)
        For at = 0 To UBound(areas)
            parts = Split(areas(at), ",")
            mMergedCount = mMergedCount + 1
            mMerged(mMergedCount, 1) = CLng(parts(0)): mMerged(mMergedCount, 2) = CLng(parts(1))
            mMerged(mMergedCount, 3) = CLng(parts(2)): mMerged(mMergedCount, 4) = CLng(parts(3))
        Next
    End If
End Sub

' The header with the most columns of a ledger, the highest and shallowest of equals; it is then in HeadTop, HeadColumns …
Public Function FindHeading(ByVal ledger As String, ByVal least As Long) As Boolean
    Dim hits(1 To 40) As Long, row As Long, column As Long, bottom As Long, depth As Long, top As Long, total As Long
    Dim bestTop As Long, bestBottom As Long, best As Long, deep As Long, limit As Long, at As Long, most As Long, known As String
    limit = mLimit
    If limit > WITHIN Then limit = WITHIN
    known = KeysOf(ledger)
    ReDim mFields(1 To mLimit, 1 To mWidth)
    For row = 1 To mLimit
        For column = 1 To mWidth
            mFields(row, column) = NO_FIELD
            If mKeys(row, column) <> "" Then
                at = InStr(known, vbLf & mKeys(row, column) & "=")
                If at > 0 Then
                    mFields(row, column) = CLng(Mid(known, at + Len(mKeys(row, column)) + 2, 3))
                    If mFields(row, column) <> IGNORED And row <= limit Then hits(row) = hits(row) + 1
                End If
            End If
        Next
        If row <= limit Then
            If hits(row) > most Then most = hits(row)
        End If
    Next
    If most = 0 Then Exit Function
    For bottom = 1 To limit
        For depth = 1 To 3
            top = bottom - depth + 1
            If top < 1 Then Exit For
            total = 0
            For row = top To bottom
                total = total + hits(row)
            Next
            If MayBeHeader(hits, top, bottom) And total >= best \ 2 Then
                Map ledger, top, bottom
                If HeadFound >= least And HeadFound > best Then best = HeadFound: bestTop = top: bestBottom = bottom
            End If
        Next
    Next
    If best = 0 Then Exit Function
    For at = 1 To mMergedCount
        If mMerged(at, 1) >= bestTop And mMerged(at, 1) <= bestBottom And mMerged(at, 3) > deep Then deep = mMerged(at, 3)
    Next
    If deep > bestBottom And deep < bestTop + 3 And deep <= mLimit Then
        Map ledger, bestTop, deep
        If HeadFound >= best Then bestBottom = deep: best = HeadFound
    End If
    FindHeading = True
    Map ledger, bestTop, bestBottom
    FromAbove ledger, bestTop, bestBottom
End Function

' The same header with the rows above from which merged cells reach down into it.
Private Sub FromAbove(ByVal ledger As String, ByVal top As Long, ByVal bottom As Long)
    Dim at As Long, high As Long, field As Long, were() As Long, fewer As Boolean
    high = top
    For at = 1 To mMergedCount
        If mMerged(at, 1) < top And mMerged(at, 3) >= top And mMerged(at, 1) < high Then high = mMerged(at, 1)
    Next
    If high = top Or bottom - high >= 3 Then Exit Sub
    ReDim were(0 To UBound(HeadColumns))
    For field = 1 To UBound(HeadColumns)
        were(field) = HeadColumns(field)
    Next
    Map ledger, high, bottom
    For field = 1 To UBound(were)
        If were(field) > 0 And HeadColumns(field) <> were(field) Then fewer = True
    Next
    If fewer Then Map ledger, top, bottom
End Sub

Private Function MayBeHeader(hits() As Long, ByVal top As Long, ByVal bottom As Long) As Boolean
    Dim at As Long
    If top = bottom Or (hits(top) = 0 And hits(bottom) = 0) Then MayBeHeader = hits(bottom) > 0: Exit Function
    If hits(top) > 0 And hits(bottom) > 0 Then MayBeHeader = True: Exit Function
    For at = 1 To mMergedCount
        If mMerged(at, 1) = top Then
            If mMerged(at, 3) >= bottom Or (mMerged(at, 4) > mMerged(at, 2) And hits(bottom) > 0) Then MayBeHeader = True: Exit Function
        End If
    Next
End Function

' What each column under some header rows is called.
Private Sub Map(ByVal ledger As String, ByVal top As Long, ByVal bottom As Long)
    Dim column As Long, field As Long, count As Long, words As String, text As String, order As String, once As Long
    count = FieldCount(ledger)
    ReDim HeadColumns(0 To count)
    ReDim HeadMany(0 To count)
    HeadTop = top: HeadBottom = bottom: HeadFound = 0: HeadLmp = 0: HeadUnknown = "": HeadSideways = False
    For column = 1 To mWidth
        field = Match(ledger, top, bottom, column, text, words)
        If field = NO_FIELD Then
            If text <> "" Then HeadUnknown = HeadUnknown & "|" & column
        ElseIf field = LMP Then
            If HeadLmp = 0 Then HeadLmp = column: HeadFound = HeadFound + 1
        ElseIf field <> IGNORED Then
            If HeadColumns(field) = 0 Then
                HeadColumns(field) = column
                HeadFound = HeadFound + 1
                If Item(ledger, field, 2) = "money" Then HeadMany(field) = ManyIn(words)
            End If
        End If
        If field > 0 Then order = order & "/" & Format(field, "000")
    Next
    If Len(order) > 4 * HeadFound And HeadFound > 1 Then
        once = InStr(5, order, Left(order, 4)) - 1
        If once >= 8 Then HeadSideways = (Replace(order, Left(order, once), "") = "")
    End If
End Sub

' The field of one column; own: its lowest text, words: all texts over it.
Private Function Match(ByVal ledger As String, ByVal top As Long, ByVal bottom As Long, ByVal column As Long, ByRef own As String, ByRef words As String) As Long
    Dim row As Long, count As Long, texts(1 To 3) As String, groups(1 To 6) As String, groupCount As Long, at As Long, low As Long
    Dim alone As Long, joined As Long, whole As String, text As String, groupField As Long
    groupField = NO_FIELD
    alone = NO_FIELD
    own = "": words = ""
    For row = bottom To top Step -1
        If mTexts(row, column) <> "" Then
            count = count + 1: texts(count) = mTexts(row, column): whole = mTexts(row, column) & whole
            If alone = NO_FIELD Then alone = mFields(row, column)
        End If
    Next
    For at = 1 To mMergedCount
        If mMerged(at, 1) >= top And mMerged(at, 1) < bottom And mMerged(at, 4) > mMerged(at, 2) And mMerged(at, 2) <= column And column <= mMerged(at, 4) Then
            text = mTexts(mMerged(at, 1), mMerged(at, 2))
            If text <> "" And Len(text) <= LONGEST_GROUP And groupCount < 6 Then
                groupCount = groupCount + 1
                groups(groupCount) = text
                If groupCount = 1 Then groupField = mFields(mMerged(at, 1), mMerged(at, 2))
                If groupField = NO_FIELD Then groupField = mFields(mMerged(at, 1), mMerged(at, 2))
                words = words & groups(groupCount)
            End If
        End If
    Next
    words = words & whole
    If count > 0 Then own = texts(1)
    If count = 0 Then alone = groupField
    Match = alone
    If count = 0 Or (count = 1 And groupCount = 0) Then Exit Function
    joined = NO_FIELD
    If count > 1 Then joined = FieldOfKey(ledger, HeaderKey(whole))
    For low = 1 To count
        For at = 1 To groupCount
            If joined = NO_FIELD Then joined = FieldOfKey(ledger, HeaderKey("" & groups(at) & texts(low)))
        Next
    Next
    If joined <> NO_FIELD Then Match = joined
End Function

Private Function ManyIn(ByVal words As String) As String
    Dim text As String
    text = Replace(Replace(words, "（", "("), "）", ")")
    If InStr(text, "(万)") > 0 Or InStr(text, "(万元)") > 0 Then ManyIn = "万"
    If InStr(text, "(千)") > 0 Or InStr(text, "(千元)") > 0 Then ManyIn = "千"
End Function

' ---------------------------------------------------------------------------------------------- what each row is

' Rows of the records under the header found last, parted by |; "" where there are none.
Public Function RecordRows(grid As Variant, ByVal ledger As String) As String
    Dim row As Long, column As Long, out As String
    Columns grid, ledger
    mAbove = vbLf
    For row = 1 To HeadTop - 1
        For column = 1 To mWidth
            If mTexts(row, column) <> "" Then mAbove = mAbove & Stripped(mTexts(row, column)) & vbLf
        Next
    Next
    For row = HeadBottom + 1 To UBound(grid, 1)
        If RowKind(grid, row, ledger, row <= HeadBottom + 3) = "data" Then out = out & IIf(out = "", "", "|") & row
    Next
    RecordRows = out
End Function

' What the columns of the header found last are, for the rows under it.
Private Sub Columns(grid As Variant, ByVal ledger As String)
    Dim field As Long, name As String
    ReDim mFieldOf(1 To UBound(grid, 2))
    ReDim mTells(1 To UBound(grid, 2))
    ReDim mIsFree(0 To UBound(HeadColumns))
    mTelling = 0: mMine = 0: mLeading = 9999
    For field = 1 To UBound(HeadColumns)
        If HeadColumns(field) > 0 Then
            mFieldOf(HeadColumns(field)) = field
            mMine = mMine + 1
            If HeadColumns(field) < mLeading Then mLeading = HeadColumns(field)
            name = Item(ledger, field, 0)
            If name <> "unit_code" And name <> "unit_name" And Not (ledger = "pregnancies" And name = "record_id") Then
                mTells(HeadColumns(field)) = True
                mTelling = mTelling + 1
            End If
            mIsFree(field) = (Item(ledger, field, 7) = "1")
        End If
    Next
    If HeadLmp > 0 Then
        mTells(HeadLmp) = True
        mTelling = mTelling + 1: mMine = mMine + 1
        If HeadLmp < mLeading Then mLeading = HeadLmp
    End If
End Sub

Private Function FieldIn(ByVal column As Long) As Long
    FieldIn = mFieldOf(column)
End Function

Private Function RowKind(grid As Variant, ByVal row As Long, ByVal ledger As String, ByVal near As Boolean) As String
    Dim column As Long, filled As Long, text As String, start As Long, all As Long, lead As Boolean, cell As Variant, there As Boolean, code As Long
    Dim leading As Long, mine As Long, telling As Long, said As Boolean, last As Long, isTotal As Boolean, bare As Boolean
    leading = mLeading: mine = mMine: telling = mTelling: last = UBound(grid, 2)
    For column = 1 To last
        cell = grid(row, column)
        If VarType(cell) = vbString Then
            there = False
            If Len(cell) > 0 Then
                code = AscW(cell) And 65535
                there = (code > 32 And code < 127) Or (code >= 19968 And code <= 40959)
                If Not there Then there = Not IsBlankCell(cell)
                If there Then
                    If start = 0 Then
                        start = column
                        bare = (code > 47 And code < 123 And (code < 58 Or code > 64)) And Not (cell Like "*[!!-~]*")
                        If bare Then bare = InStr(mAbove, vbLf & cell & vbLf) = 0 And InStr(cell, vbLf) = 0
                    End If
                    If InStr(cell, "计") > 0 Then isTotal = True
                End If
            End If
        Else
            there = Not (IsEmpty(cell) Or IsNull(cell))
        End If
        If there Then
            all = all + 1
            If mTells(column) Then
                filled = filled + 1
                If Not said Then
                    said = True
                    If VarType(cell) = vbString Then
                        said = (code > 47 And code < 127 And code <> 78 And code <> 92 And code <> 110) Or Len(cell) > 16
                        If code >= 19968 And code <= 40959 Then said = InStr("无不未空", Left(cell, 1)) = 0
                    End If
                    If Not said Then said = Not IsPlaceholder(cell)
                End If
            End If
        End If
        ' Most rows are told by their first cells: a number or code, and two answers.
        If column > leading + 1 And bare And said And filled > 1 And Not near And Not isTotal Then RowKind = "data": Exit Function
    Next
    If all = 0 Then RowKind = "blank": Exit Function
    If start = 0 Then
        If filled = 0 Then
            RowKind = "blank"
        ElseIf near And AreNumbers(grid, row, mine) Then
            RowKind = "title"
        Else
            RowKind = "data"
        End If
        Exit Function
    End If
    text = Stripped("" & grid(row, start))
    code = AscW(text) And 65535
    lead = (start < leading + 3 Or filled = 0) And Not ((code >= 48 And code <= 57) Or (code >= 65 And code <= 90) Or (code >= 97 And code <= 122))
    If lead Then
        If IsSample(text) Then RowKind = "sample": Exit Function
        If InStr(NOTE_SIGNS, Left(text, 1)) > 0 Then
            If IsNote(text) Or IsUnitsLine(text) Then
                If IsNoteRow(grid, row, filled) Then RowKind = "note": Exit Function
            End If
        End If
    End If
    If isTotal Then
        If IsTotalRow(grid, row, start, leading, ledger, filled, telling) Then RowKind = "total": Exit Function
    End If
    If (text Like "*[!!-~]*") Or InStr(mAbove, vbLf & text & vbLf) > 0 Then
        If IsTitleRow(grid, row, text) Then RowKind = "title": Exit Function
    End If
    If filled <= 1 And mine > 2 And all = 1 Then RowKind = Alone(grid, row, start, text, filled, leading): Exit Function
    If filled = 0 Then
        RowKind = "blank"
        If HasHan(text) And Not OnlyMine(grid, row) Then RowKind = "note"
        Exit Function
    End If
    If near Then
        If AreNumbers(grid, row, mine) Then RowKind = "title": Exit Function
        If AllHowTo(grid, row) Then RowKind = IIf(HasHan(text), "note", "title"): Exit Function
    End If
    If said Then RowKind = "data" Else RowKind = "blank"
End Function

' Without white space at both ends, of whatever kind.
Private Function Stripped(ByVal text As String) As String
    text = Trim(text)
    Do While Len(text) > 0
        If Not IsSpace(CodeAt(text, 1)) Then Exit Do
        text = Mid(text, 2)
    Loop
    Do While Len(text) > 0
        If Not IsSpace(CodeAt(text, Len(text))) Then Exit Do
        text = Left(text, Len(text) - 1)
    Loop
    Stripped = text
End Function

Private Function OnlyMine(grid As Variant, ByVal row As Long) As Boolean
    Dim column As Long
    For column = 1 To UBound(grid, 2)
        If Not IsBlankCell(grid(row, column)) Then
            If FieldIn(column) = 0 And column <> HeadLmp Then Exit Function
        End If
    Next
    OnlyMine = True
End Function

Private Function AllHowTo(grid As Variant, ByVal row As Long) As Boolean
    Dim column As Long
    For column = 1 To UBound(grid, 2)
        If Not IsBlankCell(grid(row, column)) Then
            If VarType(grid(row, column)) <> vbString Then Exit Function
            If Not IsHowTo(Stripped("" & grid(row, column))) Then Exit Function
        End If
    Next
    AllHowTo = True
End Function

Private Function IsHowTo(ByVal text As String) As Boolean
    Dim words As Variant, at As Long
    words = Split("填|下拉|必选|可选|选择|选项|格式|例如|位字|位数字|数字|文字|年-月-日|日期型", "|")
    For at = 0 To UBound(words)
        If InStr(text, words(at)) > 0 Then
            If words(at) <> "数字" And words(at) <> "文字" Then IsHowTo = True: Exit Function
        End If
    Next
    If Left(text, 2) = "如:" Or Left(text, 2) = "如：" Then IsHowTo = True
    If (Left(text, 1) = "（" Or Left(text, 1) = "(") And (Right(text, 1) = "）" Or Right(text, 1) = ")") Then IsHowTo = True
    If InStr("|元|万元|千元|人|份|个|次|家|件|例|人次|", "|" & text & "|") > 0 Then IsHowTo = True
End Function

Public Function IsSample(ByVal text As String) As Boolean
    Dim key As String, bare As String
    bare = text
    Do While Len(bare) > 0 And InStr(" （(【[*" & ChrW(&H3000), Left(bare, 1)) > 0
        bare = Mid(bare, 2)
    Loop
    If Left(bare, 2) = "填写" Or Left(bare, 2) = "填报" Then bare = Mid(bare, 3)
    If IsAmong(Left(bare, 2), "示例|样例|范例|举例") And (Mid(bare, 3, 1) = ":" Or Mid(bare, 3, 1) = "：") Then IsSample = True: Exit Function
    key = HeaderKey(text)
    Do While Len(key) > 0 And InStr("0123456789", Right(key, 1)) > 0
        key = Left(key, Len(key) - 1)
    Loop
    If Len(key) > 0 Then IsSample = InStr("|例|示例|样例|范例|填写示例|填写样例|填报示例|举例|样表|例如|示例行|样行|", "|" & key & "|") > 0
End Function

Public Function IsNote(ByVal text As String) As Boolean
    Dim bare As String, words As Variant, at As Long, after As String
    bare = text
    If Len(bare) > 0 And InStr("（(*※", Left(bare, 1)) > 0 Then
        If Left(bare, 1) = "※" Then IsNote = True: Exit Function
        bare = Mid(bare, 2)
    End If
    bare = Replace(Replace(bare, " ", ""), ChrW(&H3000), "")
    words = Split("注意|填表说明|填写说明|填报说明|填表人|填报人|制表人|经办人|审核人|负责人|单位负责人|主要负责人|分管领导|主管领导|领导签字|签字|签名|填表日期|填报日期|" & _
        "报送日期|报出日期|填报时间|联系人|填报单位|报送单位|上报单位|盖章|公章|（盖章|(盖章|（公章|(公章|单位盖章|单位公章|单位（盖章|单位(盖章|单位（公章|单位(公章|※|" & _
        "以下空白|以下无|以上|本表|此表|本页|特此", "|")
    For at = 0 To UBound(words)
        If Left(bare, Len(words(at))) = words(at) Then IsNote = True: Exit Function
    Next
    words = Split("备注|说明|审核|复核|复核人|日期|时间|联系电话|电话|附", "|")
    For at = 0 To UBound(words)
        after = Mid(bare, Len(words(at)) + 1, 1)
        If Left(bare, Len(words(at))) = words(at) And (after = ":" Or after = "：") Then IsNote = True: Exit Function
    Next
    If Left(bare, 1) = "注" Then
        after = Mid(bare, 2, 1)
        If after = "" Or InStr(":：一二三0123456789", after) > 0 Then IsNote = True: Exit Function
    End If
    If Left(bare, 1) = "第" Then IsNote = Counted(bare, "页")
    If Left(bare, 1) = "共" Then IsNote = Counted(bare, "页行条")
End Function

Private Function Counted(ByVal text As String, ByVal signs As String) As Boolean
    Dim at As Long
    at = 2
    Do While at <= Len(text) And InStr("0123456789", Mid(text, at, 1)) > 0
        at = at + 1
    Loop
    Counted = at > 2 And at <= Len(text) And InStr(signs, Mid(text, at, 1)) > 0
End Function

Public Function IsUnitsLine(ByVal text As String) As Boolean
    Dim bare As String, words As Variant, at As Long
    bare = Replace(Replace(text, "（", "("), "：", ":")
    If Left(bare, 1) = "(" Then bare = Mid(bare, 2)
    If Left(bare, 2) = "计量" Or Left(bare, 2) = "金额" Then bare = Mid(bare, 3)
    If Left(bare, 3) <> "单位:" Then Exit Function
    bare = LTrim(Mid(bare, 4))
    words = Split("元|万元|千元|人|例|件|份|次|个", "|")
    For at = 0 To UBound(words)
        If Left(bare, Len(words(at))) = words(at) Then IsUnitsLine = True: Exit Function
    Next
End Function

Private Function IsNoteRow(grid As Variant, ByVal row As Long, ByVal filled As Long) As Boolean
    Dim column As Long, cells As Long, labels As Long, text As String
    If filled <= 2 Then IsNoteRow = True: Exit Function
    For column = 1 To UBound(grid, 2)
        If Not IsBlankCell(grid(row, column)) Then
            cells = cells + 1
            If VarType(grid(row, column)) = vbString Then
                text = Stripped("" & grid(row, column))
                If IsNote(text) Or Right(text, 1) = ":" Or Right(text, 1) = "：" Then labels = labels + 1
            End If
        End If
    Next
    IsNoteRow = labels * 2 >= cells
End Function

' 0: no total; 1: a bare word such as 合计; 2: with somebody's name before it.
Public Function TotalIn(ByVal text As String) As Long
    Dim key As String, at As Long, words As Variant, head As String
    If InStr(text, "计") = 0 Then Exit Function
    key = HeaderKey(text)
    If InStr("人例件份次个条项户名行", Right(key, 1)) > 0 And Len(key) > 1 Then
        If InStr("0123456789", Mid(key, Len(key) - 1, 1)) > 0 Then key = Left(key, Len(key) - 1)
    End If
    Do While Len(key) > 0 And InStr("0123456789", Right(key, 1)) > 0
        key = Left(key, Len(key) - 1)
    Loop
    words = Split("总合计|合计|小计|总计|共计|累计", "|")
    For at = 0 To UBound(words)
        If Right(key, Len(words(at))) = words(at) Then
            head = Left(key, Len(key) - Len(words(at)))
            If Len(head) > 12 Then Exit Function
            If Not IsWordText(head) Then Exit Function
            TotalIn = IIf(head = "", 1, 2)
            Exit Function
        End If
    Next
End Function

Private Function IsWordText(ByVal text As String) As Boolean
    Dim at As Long, code As Long, letter As Boolean
    For at = 1 To Len(text)
        code = CodeAt(text, at)
        letter = (code >= 48 And code <= 57) Or (code >= 65 And code <= 90) Or (code >= 97 And code <= 122) Or code = 95 Or (code >= &H3400& And code <= &H9FFF&)
        If Not letter Then Exit Function
    Next
    IsWordText = True
End Function

Private Function IsTotalRow(grid As Variant, ByVal row As Long, ByVal start As Long, ByVal leading As Long, ByVal ledger As String, ByVal filled As Long, ByVal telling As Long) As Boolean
    Dim column As Long, found As Long, free As Boolean, last As Long, field As Long
    last = leading + 2
    If last > UBound(grid, 2) Then last = UBound(grid, 2)
    For column = 1 To UBound(grid, 2)
        If column <= last Or column = start Then
            If VarType(grid(row, column)) = vbString Then
                found = TotalIn("" & grid(row, column))
                If found > 0 Then
                    field = FieldIn(column)
                    free = False
                    If field > 0 Then free = mIsFree(field)
                    If Not (found = 2 And free And filled * 2 > telling) Then IsTotalRow = True: Exit Function
                End If
            End If
        End If
    Next
End Function

Private Function IsTitleRow(grid As Variant, ByVal row As Long, ByVal text As String) As Boolean
    Dim column As Long, head As Long, same As Long, cells As Long, most As Long, key As String, repeated As Boolean, known As Boolean
    If InStr(mAbove, vbLf & text & vbLf) > 0 Then
        repeated = True
        For column = 1 To UBound(grid, 2)
            If Not IsBlankCell(grid(row, column)) Then
                If VarType(grid(row, column)) <> vbString Then
                    repeated = False
                ElseIf InStr(mAbove, vbLf & Stripped("" & grid(row, column)) & vbLf) = 0 Then
                    repeated = False
                End If
            End If
        Next
        If repeated Then IsTitleRow = True: Exit Function
    End If
    If Len(text) > 24 Or Not HasHan(text) Then Exit Function
    key = HeaderKey(text)
    For head = HeadTop To HeadBottom
        For column = 1 To mWidth
            If mKeys(head, column) = key And key <> "" Then known = True
        Next
    Next
    If Not known Then Exit Function
    For head = HeadTop To HeadBottom
        same = 0: cells = 0
        For column = 1 To UBound(grid, 2)
            If Not IsBlankCell(grid(row, column)) Then
                cells = cells + 1
                If VarType(grid(row, column)) = vbString And mKeys(head, column) <> "" Then
                    If HeaderKey("" & grid(row, column)) = mKeys(head, column) Then same = same + 1
                End If
            End If
        Next
        If same > most Then most = same
    Next
    IsTitleRow = most = cells Or (most >= 2 And most >= cells \ 2)
End Function

Private Function Alone(grid As Variant, ByVal row As Long, ByVal column As Long, ByVal text As String, ByVal filled As Long, ByVal leading As Long) As String
    If Len(text) > 12 Or InStr(text, "：") > 0 Or InStr(text, ":") > 0 Then Alone = "note": Exit Function
    If column <= leading Then Alone = IIf(HasHan(text), "title", "blank"): Exit Function
    If filled > 0 Then Alone = IIf(IsPlaceholder(grid(row, column)), "blank", "data"): Exit Function
    Alone = IIf(HasHan(text) And FieldIn(column) = 0, "note", "blank")
End Function

' Whether a row numbers the columns: 甲 乙 1 2 3 …
Private Function AreNumbers(grid As Variant, ByVal row As Long, ByVal mine As Long) As Boolean
    Dim column As Long, text As String, cells As Long, count As Long, last As Long, bare As String
    For column = 1 To UBound(grid, 2)
        If Not IsBlankCell(grid(row, column)) Then
            cells = cells + 1
            text = Replace(Replace(Replace(Replace(Trim(Typed(grid(row, column))), "（", ""), "）", ""), "(", ""), ")", "")
            bare = Replace(text, ".0", "")
            If IsDigits(bare) And Len(bare) <= 2 Then
                count = count + 1
                If count = 1 And CLng(bare) > 3 Then Exit Function
                If count > 1 And CLng(bare) <> last + 1 Then Exit Function
                last = CLng(bare)
            ElseIf InStr("|甲|乙|丙|丁|戊|己|庚|栏次|序|序号|", "|" & text & "|") = 0 Then
                Exit Function
            End If
        End If
    Next
    AreNumbers = count >= 2 And cells >= 3 And cells >= mine - 1
End Function
