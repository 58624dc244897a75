Attribute VB_Name = "Book"
Option Explicit
' What a person presses: 检查全簿, 检查本表, 撤销标记. They mark cells and write the sheet 问题清单, nothing else.
' Words name the place and what to do; nothing of the service book's content is repeated.

Private Const ISSUES As String = "问题清单"
Private Const MARK As String = "【检查】"
Private Const NOTED As Long = -4144   ' cells with notes
Private Const NOT_OURS As String = "这本里的“问题清单”不是本按钮写的（汇总表或标注副本），没有改动。汇总表请用“完整检查”；标注副本请改自己的工作簿。"
Private mQuiet As Boolean
Private mSaid As String

' Tests turn the boxes off and read what was said.
Public Function Quiet(ByVal wanted As Boolean) As String
    mQuiet = wanted
    mSaid = ""
    Quiet = "" & "ok"
End Function

Public Function LastSaid() As String
    LastSaid = "" & mSaid & " "
End Function

Public Sub Tell(ByVal text As String)
    mSaid = text
    If Not mQuiet Then MsgBox text
End Sub

Public Sub CheckWorkbook()
    If NothingOpen() Then Exit Sub
    CheckBook ActiveWorkbook, ""
End Sub

Public Sub CheckSheet()
    If NothingOpen() Then Exit Sub
    CheckBook ActiveWorkbook, "" & ActiveSheet.Name
End Sub

Public Sub ClearMarks()
    Dim done As Long, opened As Collection, said As String
    If NothingOpen() Then Exit Sub
    On Error GoTo fault
    If Not IsOurList(ActiveWorkbook) Then Tell NOT_OURS: Exit Sub
    Set opened = OpenSheets(ActiveWorkbook)
    done = MarksCleared(ActiveWorkbook)
    CloseSheets ActiveWorkbook, opened
    Tell "已撤销" & done & "处标记。"
    Exit Sub
fault:
    said = Stopped("撤销标记", Err.Number)
    CloseAfterFault ActiveWorkbook
    Tell said
End Sub

' For tests: check, or take the marks back, in the workbook that carries the macros.
Public Function CheckHere() As String
    CheckBook ThisWorkbook, ""
    CheckHere = "" & mSaid
End Function

Public Function ClearHere() As String
    ClearHere = "" & MarksCleared(ThisWorkbook)
End Function

' Mark every cell with something wrong, and list them; only: one sheet, "" for all.
Public Sub CheckBook(book As Object, ByVal only As String)
    Dim found As Collection, line As Variant, parts As Variant, list As Object, row As Long, errors As Long, rest As Long, words As Variant, opened As Collection, said As String
    On Error GoTo fault
    Application.ScreenUpdating = False
    ReadBook book
    Set found = AllFound()
    If Not IsOurList(book) Then
        Application.ScreenUpdating = True
        Tell NOT_OURS
        Exit Sub
    End If
    Set opened = OpenSheets(book)
    MarksCleared book
    Set list = IssueSheet(book)
    row = 3
    For Each line In found
        parts = Split(line, "|")
        If only = "" Or parts(0) = only Or parts(2) = SIDE_BY_SIDE Or parts(2) = NO_COVER Then
            words = Split(RuleText("" & parts(2)), "|")
            row = row + 1
            If words(0) = "error" Then errors = errors + 1 Else rest = rest + 1
            WriteIssue list, row, parts, words
            If parts(1) <> "" Then
                list.Cells(row, 6).Value = "" & parts(0)
                list.Cells(row, 7).Value = "" & parts(1)
                list.Cells(row, 8).Value = FillOf(book.Worksheets("" & parts(0)).Range("" & parts(1)))
                MarkCell book.Worksheets("" & parts(0)), "" & parts(1), "" & words(0), Sentence(parts, words)
            End If
        End If
    Next
    If row > 3 Then ListLook list, row
    CloseSheets book, opened
    Application.ScreenUpdating = True
    If row = 3 Then
        Tell "没有查到问题。"
    Else
        Tell "错误" & errors & "处，提示" & rest & "处，已标出并列在“" & ISSUES & "”。请逐处改好，再检查一次。"
    End If
    Exit Sub
fault:
    said = Stopped("检查", Err.Number)
    CloseAfterFault book
    Application.ScreenUpdating = True
    Tell said
End Sub

' What is wrong and what to do, in one line.
Private Function Sentence(parts As Variant, words As Variant) As String
    Dim text As String, ledger As String, field As Long, isPrivate As Boolean
    ledger = parts(3): field = CLng(parts(4))
    If ledger <> "cover" Then isPrivate = SheetItem(ledger, 2) = "1"
    text = IIf(isPrivate, words(2), words(1))
    If field > 0 Then
        text = Replace(text, "{col}", Item(ledger, field, 1))
        text = Replace(text, "{list}", IIf(Item(ledger, field, 5) = "", Item(ledger, field, 1), Item(ledger, field, 5)))
    ElseIf field < 0 Then
        text = Replace(text, "{header}", Trim(HeaderText(LedgerNumber(ledger), -field)))
    End If
    If ledger <> "cover" Then text = Replace(text, "{sheet}", SheetItem(ledger, 0))
    text = Replace(text, "{sheet}", "" & parts(0))
    text = Replace(Replace(text, "编号“{v}”", "此格的编号"), "“{v}”", "此格")
    text = Replace(Replace(text, "处理阶段“{s}”", "这一处理阶段"), "但有{n}行数据", "但有数据")
    Sentence = text & "。" & words(3)
End Function

Private Sub MarkCell(sheet As Object, ByVal place As String, ByVal severity As String, ByVal text As String)
    Dim cell As Object, was As String
    Set cell = sheet.Range(place)
    If severity = "error" Then
        cell.Interior.Color = RGB(251, 221, 221)
    Else
        cell.Interior.Color = RGB(255, 240, 194)
    End If
    On Error Resume Next   ' a threaded comment takes no note beside it: the colour and the list say enough
    If cell.Comment Is Nothing Then
        cell.AddComment MARK & text
    Else
        was = cell.Comment.Text
        cell.Comment.Delete
        cell.AddComment was & vbLf & MARK & text
    End If
    On Error GoTo 0
End Sub

' Whether the workbook has no list yet, or one that a check wrote; a merged workbook's own, with what people wrote in it, is left alone.
Private Function IsOurList(book As Object) As Boolean
    Dim list As Object, head As String
    Set list = SheetNamed(book, ISSUES)
    IsOurList = True
    If list Is Nothing Then Exit Function
    head = "" & list.Cells(3, 5).Value
    IsOurList = (head = "问题与怎么办") Or (head = "" And "" & list.Cells(1, 1).Value = "")
End Function

' Take back our notes and fills, as the list remembers them; a note somebody else wrote stays. How many cells.
Public Function MarksCleared(book As Object) As Long
    Dim list As Object, row As Long, sheet As Object, cell As Object
    Set list = SheetNamed(book, ISSUES)
    If list Is Nothing Then Exit Function
    row = 4
    Do While "" & list.Cells(row, 3).Value <> ""
        Set sheet = SheetNamed(book, "" & list.Cells(row, 6).Value)
        If Not sheet Is Nothing And "" & list.Cells(row, 7).Value <> "" Then
            If Unmarked(sheet.Range("" & list.Cells(row, 7).Value), "" & list.Cells(row, 8).Value) Then MarksCleared = MarksCleared + 1
        End If
        row = row + 1
    Loop
    For Each sheet In book.Worksheets
        If sheet.Comments.Count > 0 Then
            For Each cell In sheet.Cells.SpecialCells(NOTED)
                If Unmarked(cell, "") Then MarksCleared = MarksCleared + 1
            Next
        End If
    Next
    list.Cells.Clear
End Function

' Take one mark of ours back; was: the fill before it. Rows that were deleted or sorted have carried marks to other cells, without it.
Private Function Unmarked(cell As Object, ByVal was As String) As Boolean
    Dim text As String, cut As Long
    If cell.Comment Is Nothing Then Exit Function
    text = cell.Comment.Text
    cut = InStr(text, MARK)
    If cut = 0 Then Exit Function
    cell.Comment.Delete
    If cut > 2 Then cell.AddComment Left(text, cut - 2)
    If was = "" Then
        cell.Interior.ColorIndex = xlNone
    Else
        cell.Interior.Color = CLng(was)
    End If
    Unmarked = True
End Function

Private Function IssueSheet(book As Object) As Object
    Dim sheet As Object, heads As Variant, widths As Variant, at As Long
    Set sheet = SheetNamed(book, ISSUES)
    If sheet Is Nothing Then
        Set sheet = book.Worksheets.Add(After:=book.Worksheets(book.Worksheets.Count))
        sheet.Name = ISSUES
    End If
    LookOf sheet.Cells
    TitleIn sheet.Range("A1"), ISSUES, 16
    sheet.Rows(1).RowHeight = 30
    sheet.Range("A2").Value = "改好一处少一处：改完再按一次检查。这张表只留在本单位，不上报。"
    heads = Split("序号|程度|规则|在哪里（点击跳转）|问题与怎么办", "|")
    widths = Split("6|9|8|24|80", "|")
    For at = 0 To 4
        sheet.Cells(3, at + 1).Value = heads(at)
        sheet.Columns(at + 1).ColumnWidth = CLng(widths(at))
    Next
    For at = 6 To 8
        sheet.Columns(at).Hidden = True
    Next
    HeadIn sheet.Range("A3:E3")
    OnPaper sheet, 3
    Set IssueSheet = sheet
End Function

' Lines round the rows, words that wrap, links that look like links.
Private Sub ListLook(sheet As Object, ByVal last As Long)
    BoxIn sheet.Range(sheet.Cells(4, 1), sheet.Cells(last, 5))
    sheet.Range(sheet.Cells(4, 1), sheet.Cells(last, 3)).HorizontalAlignment = xlCenter
    sheet.Range(sheet.Cells(4, 5), sheet.Cells(last, 5)).WrapText = True
    sheet.Range(sheet.Cells(4, 4), sheet.Cells(last, 4)).Font.Color = RGB(29, 79, 134)
    sheet.Range(sheet.Cells(4, 4), sheet.Cells(last, 4)).Font.Underline = 2
End Sub

' The fill a cell has before it is marked, "" where it has none.
Private Function FillOf(cell As Object) As String
    If cell.Interior.ColorIndex <> xlNone Then FillOf = "" & cell.Interior.Color
End Function

Private Sub WriteIssue(sheet As Object, ByVal row As Long, parts As Variant, words As Variant)
    Dim place As String
    sheet.Cells(row, 1).Value = row - 3
    sheet.Cells(row, 2).Value = IIf(words(0) = "error", "▲ 错误", "△ 警告")
    sheet.Cells(row, 3).Value = "" & parts(2)
    place = IIf(parts(1) = "", "A1", parts(1))
    sheet.Cells(row, 4).Formula = "=HYPERLINK(""#'" & Replace("" & parts(0), "'", "''") & "'!" & place & """,""" & Replace("" & parts(0), """", """""") & "　" & parts(1) & """)"
    sheet.Cells(row, 5).Value = Sentence(parts, words)
End Sub
