Attribute VB_Name = "Officer"
Option Explicit
' The buttons of 县乡: each starts the installed Python, which does what the command line does and comes back to this Excel.
' Paths and texts go as plain letters (Coded), so that no code page can spoil them; model/spoken.py reads them.
' Which Python stands in a settings file that `ledger excel install` wrote; no registry, no administrator.

Private Const NOT_INSTALLED As String = "还没有装好按钮。请关闭Excel，双击“台账.cmd”选9，或运行 ledger excel install，再按一次。"
Private Const NOT_STARTED As String = "台账程序没有启动，它的文件夹可能移动过。请关闭Excel，双击“台账.cmd”选9，再按一次。"

Public Sub FullCheck()
    Dim path As String
    path = SavedBook()
    If path <> "" Then StartButton "check", path, ""
End Sub

Public Sub MergeFolder()
    Dim path As String
    path = ChosenFolder()
    If path <> "" Then StartButton "merge", path, ""
End Sub

Public Sub MonthlyReport()
    Dim path As String
    path = SavedBook()
    If path <> "" Then StartButton "summary", path, ""
End Sub

Public Sub Checklists()
    Dim path As String
    path = SavedBook()
    If path <> "" Then StartButton "checklist", path, ""
End Sub

' First the frame, which both sides sign; then the seed, thrown in front of both.
Public Sub DrawSample()
    Dim path As String, answer As Long, digits As String
    path = SavedBook()
    If path = "" Then Exit Sub
    answer = MsgBox("抽样框写好、双方签过字、骰子也掷好了吗？" & vbLf & "“是”：填掷出的数字，抽签。" & vbLf & "“否”：写出抽样框，或核对已有的。", vbYesNoCancel)
    If answer = vbYes Then
        digits = Trim(InputBox("请填掷出的数字，至少20位，连着写："))
        If digits <> "" Then StartButton "sample", path, digits
    ElseIf answer = vbNo Then
        StartButton "sample", path, ""
    End If
End Sub

Public Sub OpenGuide()
    StartButton "guide", ".", ""
End Sub

' What the ribbon's buttons call.
Public Sub OnFullCheck(control As Object)
    FullCheck
End Sub

Public Sub OnMergeFolder(control As Object)
    MergeFolder
End Sub

Public Sub OnMonthlyReport(control As Object)
    MonthlyReport
End Sub

Public Sub OnChecklists(control As Object)
    Checklists
End Sub

Public Sub OnDrawSample(control As Object)
    DrawSample
End Sub

Public Sub OnOpenGuide(control As Object)
    OpenGuide
End Sub

' The file of the workbook before the reader, saved; "" after saying what stands in the way.
Private Function SavedBook() As String
    If ActiveWorkbook Is Nothing Then
        Tell "请先打开一本工作簿，再按一次。"
    ElseIf ActiveWorkbook.Path = "" Then
        Tell "这本还没有存过。请先保存，再按一次。"
    ElseIf LCase(Left(ActiveWorkbook.FullName, 4)) = "http" Then
        Tell "这本在网盘上。请另存到本机的文件夹，再按一次。"
    Else
        If Not ActiveWorkbook.Saved Then
            If MsgBox("程序读的是硬盘上的文件。现在保存这本吗？", vbYesNo) <> vbYes Then Exit Function
            ActiveWorkbook.Save
        End If
        SavedBook = "" & ActiveWorkbook.FullName
    End If
End Function

' A folder the person picks; where there is no such box (macOS), the folder of the workbook, after asking.
Private Function ChosenFolder() As String
    Dim box As Object
    On Error GoTo other
    If Not OnMac() Then
        Set box = Application.FileDialog(4)
        box.Title = "请选要合并的文件夹"
        If box.Show = -1 Then ChosenFolder = "" & box.SelectedItems(1)
        Exit Function
    End If
other:
    ChosenFolder = FolderOfBook()
End Function

Private Function FolderOfBook() As String
    If ActiveWorkbook Is Nothing Then
        Tell "请先打开要合并的文件夹里的任意一本，再按一次。"
    ElseIf ActiveWorkbook.Path = "" Then
        Tell "这本还没有存过。请先保存，再按一次。"
    ElseIf MsgBox("合并这个文件夹里的全部文件吗？" & vbLf & ActiveWorkbook.Path, vbYesNo) = vbYes Then
        FolderOfBook = "" & ActiveWorkbook.Path
    End If
End Function

' Asked at run time: LibreOffice reads past #If and #End If, and would run what stands between them.
Private Function OnMac() As Boolean
    Dim system As String
    On Error Resume Next
    system = Application.OperatingSystem
    OnMac = InStr(system, "Mac") > 0
End Function

Private Sub StartButton(ByVal word As String, ByVal path As String, ByVal said As String)
    Dim python As String, started As Variant
    On Error GoTo fault
    If OnMac() Then
        #If Mac Then
        started = AppleScriptTask("ledger.applescript", "pressButton", word & "|" & Coded(path) & "|" & Coded(said))
        #End If
        Exit Sub
    End If
    python = PythonIn("" & Environ("APPDATA") & "\ledger-toolkit\excel.txt")
    If python = "" Then
        Tell NOT_INSTALLED
    ElseIf Dir(python) = "" Then
        Tell NOT_STARTED
    Else
        started = Shell(CommandLine(python, word, path, said), vbHide)
    End If
    Exit Sub
fault:
    Tell IIf(OnMac(), NOT_INSTALLED, NOT_STARTED)
End Sub

' What is started: -P keeps Python from taking modules out of the folder Excel happens to stand in.
Public Function CommandLine(ByVal python As String, ByVal word As String, ByVal path As String, ByVal said As String) As String
    CommandLine = """" & python & """ -P -m toolkit.excel " & word & " " & Coded(path) & " " & Coded(said)
End Function

' The Python that the settings name; "" where there are none.
Public Function PythonIn(ByVal settings As String) As String
    Dim file As Integer, text As String
    PythonIn = ""
    On Error GoTo missing
    If Dir(settings) = "" Then Exit Function
    file = FreeFile
    Open settings For Input As #file
    Do While Not EOF(file)
        Line Input #file, text
        If Left(text, 7) = "python=" Then PythonIn = Decoded(Mid(text, 8))
    Loop
    Close #file
missing:
End Function

' % in front, then plain signs as they are, every other as % and four hex digits.
Public Function Coded(ByVal text As String) As String
    Dim at As Long, code As Long, sign As String
    Coded = "%"
    For at = 1 To Len(text)
        sign = Mid(text, at, 1)
        code = AscW(sign)
        If code < 0 Then code = code + 65536
        If PlainSign(code) Then
            Coded = Coded & sign
        Else
            Coded = Coded & "%" & Right("000" & Hex(code), 4)
        End If
    Next
End Function

Public Function Decoded(ByVal word As String) As String
    Dim at As Long
    Decoded = ""
    at = 2
    Do While at <= Len(word)
        If Mid(word, at, 1) = "%" Then
            Decoded = Decoded & ChrW(CLng("&H" & Mid(word, at + 1, 4) & "&"))
            at = at + 5
        Else
            Decoded = Decoded & Mid(word, at, 1)
            at = at + 1
        End If
    Loop
End Function

' Letters, digits and the signs - . / : underscore backslash.
Private Function PlainSign(ByVal code As Long) As Boolean
    PlainSign = (code >= 65 And code <= 90) Or (code >= 97 And code <= 122) Or (code >= 45 And code <= 58) Or code = 92 Or code = 95
End Function
