Attribute VB_Name = "Removal"
Option Explicit
' 删除一人: her row and her visits, at her wish, without trace; as `ledger forget`. Nothing said names her.

Public Sub RemovePerson()
    Dim book As Object, said As String, record As String
    If NothingOpen() Then Exit Sub
    On Error GoTo fault
    Set book = ActiveWorkbook
    record = Answered("请输入编号。那一行和这个编号的随访都会删除，不能撤销；不必问原因。")
    If record = "" Then Tell "没有输入编号，什么都没有改动。": Exit Sub
    Tell Removed(book, record)
    Exit Sub
fault:
    said = Stopped("删除", Err.Number)
    CloseAfterFault book
    Application.ScreenUpdating = True
    Tell said
End Sub

' Delete the record of that number and save; what to say.
Public Function Removed(book As Object, ByVal record As String) As String
    Dim wanted As String, at As Long, k As Long, rows As String, count As Long, words As String, opened As Collection, rest As String
    wanted = UCase(CodeText(record))
    ReadBook book
    k = LedgerNumber("pregnancies")
    rows = RowsOf(k, wanted, count)
    If count = 0 Then Removed = "没有这个编号，没有改动。请核对编号。": Exit Function
    If count > 1 Then Removed = "有 " & count & " 行是这个编号（第 " & Replace(rows, "|", "、") & " 行），没有改动。请先给其他行换编号，再删除。": Exit Function
    If Sideways <> "" Then Removed = "“" & Sideways & "”左右并排，一行里有几个人，没有改动。请先整理成一栏，再删除。": Exit Function
    If Not Agreed("删除孕产妇台账第 " & rows & " 行和这个编号的全部随访，并保存。不能撤销。继续吗？") Then Removed = "没有删除，什么都没有改动。": Exit Function
    words = WordsOf(k, CLng(rows), wanted)
    Application.ScreenUpdating = False
    Set opened = OpenSheets(book)
    DropFilters book
    MarksCleared book
    DropSheet book, "问题清单"
    DeleteRows SheetNamed(book, SheetName(k)), rows
    at = LedgerNumber("visits")
    If HasSheet(at) Then DeleteRows SheetNamed(book, SheetName(at)), RowsOf(at, wanted, count)
    CloseSheets book, opened
    rest = Elsewhere(book, words)
    ReadBook book
    Application.ScreenUpdating = True
    If book.Path <> "" Then StoreAgain book
    Removed = "维护完成" & IIf(book.Path = "", "，请保存。", "，已保存。") & "还请一并处理：这本表的旧副本、备份、Excel自动恢复的副本、回收站、网盘和聊天软件里的同一文件。"
    If rest <> "" Then Removed = Removed & vbLf & "另有几处写着相同的字样，请查看后自己删去：" & rest
End Function

' Rows of a sheet with this number, parted by |.
Private Function RowsOf(ByVal k As Long, ByVal wanted As String, ByRef found As Long) As String
    Dim at As Long, field As Long, values As Variant
    found = 0
    If Not HasSheet(k) Then Exit Function
    If Count(k) = 0 Then Exit Function
    field = FieldAt(LedgerId(k), "record_id")
    values = ValuesOf(k)
    For at = 1 To Count(k)
        If values(at, field) = wanted Then
            found = found + 1
            RowsOf = RowsOf & IIf(RowsOf = "", "", "|") & RowAt(k, at)
        End If
    Next
End Function

' Her number, name and phone, parted by |: what must not be left anywhere.
Private Function WordsOf(ByVal k As Long, ByVal row As Long, ByVal wanted As String) As String
    Dim at As Long, values As Variant, one As String
    values = ValuesOf(k)
    WordsOf = wanted
    For at = 1 To Count(k)
        If RowAt(k, at) = row Then
            one = values(at, FieldAt("pregnancies", "name"))
            If Len(one) >= 2 And Not IsUnread(one) Then WordsOf = WordsOf & "|" & one
            one = values(at, FieldAt("pregnancies", "phone"))
            If Len(one) >= 7 And Not IsUnread(one) Then WordsOf = WordsOf & "|" & one
        End If
    Next
End Function

' From the lowest up, so that the numbers above stay right.
Private Sub DeleteRows(sheet As Object, ByVal rows As String)
    Dim numbers As Variant, at As Long, row As Long
    If rows = "" Then Exit Sub
    numbers = Split(rows, "|")
    For at = UBound(numbers) To 0 Step -1
        row = CLng(numbers(at))
        sheet.Range(sheet.Cells(row, 1), sheet.Cells(row, 60)).ClearComments
        sheet.Rows(row).Delete
    Next
End Sub

' Where the same words still stand: sheet and cell, never the words; the first twelve places, and how many more.
Private Function Elsewhere(book As Object, ByVal words As String) As String
    Dim sheet As Object, grid As Variant, row As Long, column As Long, text As String, list As Variant, word As Long, found As Boolean, count As Long
    list = Split(words, "|")
    For Each sheet In book.Worksheets
        grid = GridOf(sheet)
        For row = 1 To UBound(grid, 1)
            For column = 1 To UBound(grid, 2)
                If Not IsEmpty(grid(row, column)) Then
                    text = UCase(Typed(grid(row, column)))
                    found = False
                    For word = 0 To UBound(list)
                        If InStr(text, UCase(list(word))) > 0 Then found = True
                    Next
                    If found Then count = count + 1
                    If found And count <= 12 Then Elsewhere = Elsewhere & IIf(Elsewhere = "", "", "、") & sheet.Name & " " & ColumnLetter(column) & row
                End If
            Next
        Next
    Next
    If count > 12 Then Elsewhere = Elsewhere & "等 " & count & " 处"
End Function
