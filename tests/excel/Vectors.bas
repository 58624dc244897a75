Attribute VB_Name = "Vectors"
Option Explicit
' For tests only: one function of the macros over many cells. The cells come in one text and the answers go back in one.

Public Function Answers(ByVal what As String, ByVal cells As String) As String
    Dim items As Variant, at As Long, out As String, between As String, given As Variant
    On Error GoTo fault
    between = ChrW(&HE000&)
    items = Split(cells, between)
    For at = 0 To UBound(items)
        given = CellOf("" & items(at))
        out = out & IIf(at = 0, "", between) & Answer(what, given)
    Next
    Answers = "" & out & between
    Exit Function
fault:
    Answers = "ERR " & Err.Number & " " & Err.Description & " at " & at & between
End Function

Private Function CellOf(ByVal text As String) As Variant
    Select Case Left(text, 1)
        Case "s": CellOf = Mid(text, 2)
        Case "n": CellOf = Val(Mid(text, 2))
        Case "b": CellOf = (Mid(text, 2) = "1")
        Case "d": CellOf = CDate(Val(Mid(text, 2)))
        Case Else: CellOf = Empty
    End Select
End Function

Private Function Answer(ByVal what As String, given As Variant) As String
    Dim parts As Variant, colon As Long
    colon = InStr(what, ":")
    Select Case what
        Case "plain": Answer = Plain("" & given)
        Case "code_text": Answer = CodeText("" & given)
        Case "blank": Answer = IIf(IsBlankCell(given), "True", "False")
        Case "header": Answer = HeaderKey("" & given)
        Case "typed": Answer = Typed(given)
        Case "free_text": Answer = UnfitText("" & given, True)
        Case "other_text": Answer = UnfitText("" & given, False)
        Case "phone_form": Answer = IIf(IsPhone("" & given), "True", "False")
        Case "placeholder": Answer = IIf(IsPlaceholder(given), "True", "False")
        Case "ditto": Answer = IIf(IsDitto("" & given), "True", "False")
        Case "hash": Answer = HashOf("" & given)
        Case "row_word"
            If TotalIn("" & given) > 0 Then Answer = "T"
            If IsSample("" & given) Then Answer = "" & Answer & "S"
            If IsNote("" & given) Or IsUnitsLine("" & given) Then Answer = "" & Answer & "N"
        Case "need_days"
            parts = Split(Replace("" & given, vbTab, "-"), "-")
            Answer = "" & DaysUsed(Serial(CLng(parts(0)), CLng(parts(1)), CLng(parts(2))), Serial(CLng(parts(3)), CLng(parts(4)), CLng(parts(5))))
        Case "token"
            parts = Split("" & given, vbTab)
            Answer = Token("" & parts(0), "" & parts(1), "" & parts(2), "" & parts(3))
        Case Else
            If Left(what, colon) = "forbidden:" Then
                Answer = ForbiddenWord(Mid(what, colon + 1), "" & given)
            ElseIf Left(what, colon) = "choice:" Or Left(what, colon) = "multi:" Then
                Answer = Kinds.Told(Left(what, colon - 1), Mid(what, colon + 1), given)
            Else
                Answer = Kinds.Told(what, "", given)
            End If
            If what = "date" Then Answer = WithDay(Answer)
    End Select
End Function

' A day's serial number as 2025-08-09.
Private Function WithDay(ByVal text As String) As String
    Dim parts As Variant
    parts = Split(text, "|")
    WithDay = IIf(IsDigits("" & parts(0)), Shown("" & parts(0)), "" & parts(0)) & "|" & parts(1)
End Function
