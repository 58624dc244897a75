Attribute VB_Name = "Days"
Option Explicit
' Days and months as people write them: the same as toolkit/schema/dates.py. A day is its serial number as text, "45908".

' The round sign is put in by its number: LibreOffice loses that one character of code page 936.
Private Const HAN_SIGNS As String = "零○Ｏ０一二三四五六七八九"
Private Const HAN_VALUES As String = "0000123456789"

' The day of a cell that is not blank; Said is "" or the code of what is to be said of the cell (G102, G108, G105).
Public Function DayOf(value As Variant, ByRef said As String) As String
    Dim number As Double
    said = ""
    Select Case VarType(value)
        Case vbDate
            DayOf = InYears(CDbl(Int(CDbl(value))), said)
        Case vbBoolean
            said = "G102"
        Case vbString
            DayOf = DayOfText("" & value, said)
        Case Else
            number = CDbl(value)
            If number = Int(number) And number >= 10000000 And number <= 99999999 Then
                DayOf = Ymd(Left(Format(number, "0"), 4), Mid(Format(number, "0"), 5, 2), Mid(Format(number, "0"), 7, 2), said)
            ElseIf number >= 20000 And number < 80000 Then
                said = "G105"
                DayOf = Format(Int(number), "0")
            Else
                said = "G102"
            End If
    End Select
End Function

Private Function DayOfText(ByVal text As String, ByRef said As String) As String
    Dim digits(1 To 4) As String, signs(1 To 4) As String, count As Long
    Dim timed As Boolean
    text = Plain(WithNarrowSigns(text))
    text = Replace(Replace(text, "年 ", "年"), "月 ", "月")
    If HasHanDigit(text) Then text = HanDay(text)
    timed = InStr(text, ":") > 0
    If timed Then text = WithoutMidnight(text) Else text = Replace(text, " ", "")
    If Len(text) = 8 And IsDigits(text) And Not timed Then
        DayOfText = Ymd(Left(text, 4), Mid(text, 5, 2), Mid(text, 7, 2), said)
        Exit Function
    End If
    said = "G102"
    count = Split3(text, digits, signs)
    If count = 3 And OneOf(signs(3), "|日") Then
        If Len(digits(1)) = 4 And OneOf(signs(1), "年|-|/|.|,|、") And OneOf(signs(2), "月|-|/|.|,|、") And Len(digits(2)) <= 2 And Len(digits(3)) <= 2 Then
            DayOfText = Ymd(digits(1), digits(2), digits(3), said)
        ElseIf Len(digits(1)) = 2 And OneOf(signs(1), "年|-|/|.") And OneOf(signs(2), "月|-|/|.") And Len(digits(2)) <= 2 And Len(digits(3)) <= 2 Then
            If Not timed Then said = "G108"
        End If
    ElseIf count = 2 And Not timed And OneOf(signs(2), "|日") And OneOf(signs(1), "月|-|/|.") And Len(digits(1)) <= 2 And Len(digits(2)) <= 2 Then
        said = "G108"
    End If
End Function

' Digits and the signs after each; 0 where the text is anything else or has more than three numbers.
Private Function Split3(ByVal text As String, digits() As String, signs() As String) As Long
    Dim at As Long, piece As String, count As Long, inside As Boolean
    For at = 1 To Len(text)
        piece = Mid(text, at, 1)
        If InStr("0123456789", piece) > 0 Then
            If Not inside Then
                count = count + 1
                If count > 3 Then Exit Function
                inside = True
            End If
            digits(count) = digits(count) & piece
        Else
            If count = 0 Then Exit Function
            inside = False
            signs(count) = signs(count) & piece
        End If
    Next
    Split3 = count
End Function

Private Function OneOf(ByVal text As String, ByVal words As String) As Boolean
    OneOf = InStr("|" & words & "|", "|" & text & "|") > 0
End Function

Private Function HasHanDigit(ByVal text As String) As Boolean
    Dim at As Long
    If InStr(text, ChrW(&H3007)) > 0 Then HasHanDigit = True: Exit Function
    For at = 1 To Len(text)
        If InStr("一二三四五六七八九零○", Mid(text, at, 1)) > 0 Then HasHanDigit = True: Exit Function
    Next
End Function

' 二零一二年六月十八日 with digits.
Private Function HanDay(ByVal text As String) As String
    Dim at As Long, piece As String, part As String, out As String
    For at = 1 To Len(text) + 1
        piece = Mid(text, at, 1)
        If piece = "" Or piece = "年" Or piece = "月" Or piece = "日" Then
            If InStr(part, "十") > 0 And piece <> "年" Then part = Tens(part)
            out = out & WithDigits(part) & piece
            part = ""
        Else
            part = part & piece
        End If
    Next
    HanDay = out
End Function

Private Function Tens(ByVal part As String) As String
    Dim at As Long, tenth As String, one As String, number As Long
    at = InStr(part, "十")
    tenth = WithDigits(Left(part, at - 1))
    one = WithDigits(Mid(part, at + 1))
    If Not (tenth Like "#") And tenth <> "" Or Not (one Like "#") And one <> "" Then
        Tens = part
        Exit Function
    End If
    If tenth = "" Then number = 10 Else number = CLng(tenth) * 10
    If one <> "" Then number = number + CLng(one)
    Tens = "" & number
End Function

Private Function WithDigits(ByVal text As String) As String
    Dim at As Long, found As Long
    text = Replace(text, ChrW(&H3007), "0")
    For at = 1 To Len(text)
        found = InStr(HAN_SIGNS, Mid(text, at, 1))
        If found > 0 Then WithDigits = WithDigits & Mid(HAN_VALUES, found, 1) Else WithDigits = WithDigits & Mid(text, at, 1)
    Next
End Function

' Without 00:00 or 00:00:00 behind the day.
Private Function WithoutMidnight(ByVal text As String) As String
    Dim at As Long, tail As String, head As String
    WithoutMidnight = text
    at = InStr(text, ":")
    tail = Mid(text, at + 1)
    If Left(tail, 5) = "00:00" Then
        If Len(tail) > 5 Then
            If Mid(tail, 6, 1) <> "." Or Replace(Mid(tail, 7), "0", "") <> "" Then Exit Function
        End If
    ElseIf tail <> "00" Then
        Exit Function
    End If
    head = Left(text, at - 1)
    If Right(head, 1) <> "0" Then Exit Function
    head = Left(head, Len(head) - 1)
    If Right(head, 1) = "0" And InStr(" T日0", Mid(head, Len(head) - 1, 1)) > 0 Then head = Left(head, Len(head) - 1)
    If Right(head, 1) = " " Or Right(head, 1) = "T" Then head = Left(head, Len(head) - 1)
    WithoutMidnight = head
End Function

Private Function Ymd(ByVal year As String, ByVal month As String, ByVal day As String, ByRef said As String) As String
    Dim y As Long, m As Long, d As Long
    y = CLng(year): m = CLng(month): d = CLng(day)
    said = "G102"
    If y < 1950 Or y > 2100 Or m < 1 Or m > 12 Or d < 1 Then Exit Function
    If d > LengthOf(y, m) Then Exit Function
    said = ""
    Ymd = "" & Serial(y, m, d)
End Function

Private Function InYears(ByVal number As Double, ByRef said As String) As String
    If number >= Serial(1950, 1, 1) And number <= Serial(2100, 12, 31) Then InYears = Format(number, "0") Else said = "G102"
End Function

Public Function Serial(ByVal y As Long, ByVal m As Long, ByVal d As Long) As Long
    Serial = CLng(CDbl(DateSerial(y, m, d)))
End Function

Public Function LengthOf(ByVal y As Long, ByVal m As Long) As Long
    LengthOf = Day(DateSerial(y, m + 1, 0))
End Function

' 2025-09 of a cell that tells a month; "" where it is none.
Public Function MonthOf(value As Variant) As String
    Dim text As String, digits(1 To 4) As String, signs(1 To 4) As String, count As Long
    If VarType(value) = vbDate Then MonthOf = Format(value, "yyyy-mm"): Exit Function
    text = Plain(Typed(value))
    If Len(text) = 6 And IsDigits(text) Then
        digits(1) = Left(text, 4): digits(2) = Mid(text, 5)
    Else
        count = Split3(text, digits, signs)
        If count <> 2 Or Len(digits(1)) <> 4 Or Len(digits(2)) > 2 Then Exit Function
        If Not OneOf(Trim(signs(1)), "年|-|/|.") Or Not OneOf(Trim(signs(2)), "|月|月份") Then Exit Function
    End If
    If CLng(digits(2)) < 1 Or CLng(digits(2)) > 12 Then Exit Function
    MonthOf = "" & digits(1) & "-" & Right("0" & digits(2), 2)
End Function

Public Function FirstDay(ByVal period As String) As Long
    FirstDay = Serial(CLng(Left(period, 4)), CLng(Mid(period, 6, 2)), 1)
End Function

Public Function LastDay(ByVal period As String) As Long
    LastDay = Serial(CLng(Left(period, 4)), CLng(Mid(period, 6, 2)) + 1, 0)
End Function

Public Function NextMonth(ByVal period As String) As String
    Dim y As Long, m As Long
    y = CLng(Left(period, 4)): m = CLng(Mid(period, 6, 2)) + 1
    If m = 13 Then m = 1: y = y + 1
    NextMonth = "" & y & "-" & Right("0" & m, 2)
End Function

' A day as 2025-09-08.
Public Function Shown(ByVal day As String) As String
    If IsDigits(day) Then Shown = Format(CDate(CDbl(day)), "yyyy-mm-dd")
End Function
