Attribute VB_Name = "Kinds"
Option Explicit
' How a cell becomes a value: the same as toolkit/schema/kinds.py and codes.py.
' A value is text: a day's serial number, a code, a number. "" is blank. A cell that could not be read begins with UNREAD_MARK.

Public Const UNREAD_MARK As String = "<?>"
Private mNames(0 To 30) As String
Private mForms(0 To 30) As String
Private mUsed As Long

Public Function IsUnread(ByVal value As String) As Boolean
    IsUnread = (Left(value, 3) = UNREAD_MARK)
End Function

' For tests: value, what is said, unreadable or not.
Public Function Told(ByVal kind As String, ByVal list As String, value As Variant) As String
    Dim said As String, found As String
    found = Parsed(kind, list, value, said)
    Told = "" & IIf(IsUnread(found), "unread", found) & "|" & said
End Function

' Any cell: blanks, placeholders and error values first, the rest by its kind.
Public Function Parsed(ByVal kind As String, ByVal list As String, value As Variant, ByRef said As String) As String
    Dim text As String, first As String
    said = ""
    Select Case VarType(value)
        Case vbEmpty, vbNull
            Exit Function
        Case vbError
            said = "G107": Parsed = UNREAD_MARK & "#": Exit Function
        Case vbString
            text = "" & value
            If Len(text) = 0 Then Exit Function
            If Len(text) <= 16 Then
                text = Plain(text)
                If Len(text) = 0 Then Exit Function
                If IsErrorText(text) Then said = ErrorCode(text): Parsed = UNREAD_MARK & text: Exit Function
                If kind <> "choice" And kind <> "bool" Then
                    If IsPlaceholderText(WithNarrowSigns(text)) Then Exit Function
                End If
            ElseIf IsBlankCell(value) Then
                Exit Function
            End If
        Case vbBoolean, vbDate
        Case Else
            If IsTextual(kind) And Abs(CDbl(value)) >= 1E+15 Then said = "G109": Parsed = UNREAD_MARK & "": Exit Function
    End Select
    first = ByKind(kind, list, value, said)
    If Len(first) > 1000 Then said = "G112": first = UNREAD_MARK & "#"
    Parsed = first
End Function

Private Function IsTextual(ByVal kind As String) As Boolean
    IsTextual = InStr("|text|name|code|upper|phone|doc|units|month|quarter|token|", "|" & kind & "|") > 0 Or Left(kind, 5) = "unit:"
End Function

Private Function ByKind(ByVal kind As String, ByVal list As String, value As Variant, ByRef said As String) As String
    Dim out As String
    Select Case kind
        Case "date"
            out = DayOf(value, said)
            If said = "G102" Or said = "G108" Then out = UNREAD_MARK & Typed(value)
        Case "choice"
            out = OneChoice(list, value, said)
        Case "multi"
            out = Several(list, value, said)
        Case "bool"
            out = YesNo(value, said)
        Case "count", "money"
            out = NumberOf(kind, value, said)
        Case "flag"
            out = YesNo(value, said)
            If out <> "0" And out <> "1" Then said = "": out = NumberOf(kind, value, said)
        Case "name"
            out = NameOf(Typed(value))
        Case "code", "upper"
            out = CodeOf(value, said)
            If kind = "upper" And Not IsUnread(out) Then out = UCase(out)
        Case "phone"
            out = PhoneOf(value, said)
        Case "units"
            out = UnitCodesOf(value, said)
        Case "doc"
            out = DocOf(Replace(Typed(value), " ", ""))
        Case "month"
            If VarType(value) = vbDouble Then
                If value = Int(value) Then out = MonthOf(value)
            Else
                out = MonthOf(value)
            End If
            If out = "" Then said = "G102": out = UNREAD_MARK & Typed(value)
        Case "quarter"
            out = QuarterOf(value)
            If out = "" Then said = "G102": out = UNREAD_MARK & Typed(value)
        Case Else
            If Left(kind, 5) = "unit:" Then out = UnitCodeOf(value, Mid(kind, 6), False, said) Else out = Typed(value)
    End Select
    ByKind = out
End Function

Public Function IsErrorText(ByVal text As String) As Boolean
    If Left(text, 1) <> "#" Then Exit Function
    IsErrorText = IsAmong(text, UNKNOWN_TEXTS)
End Function

Private Function ErrorCode(ByVal text As String) As String
    If Left(text, 3) = "#K1" Or Left(text, 5) = "#G112" Then ErrorCode = Mid(text, 2, 4) Else ErrorCode = "G107"
End Function

Public Function IsPlaceholderText(ByVal text As String) As Boolean
    IsPlaceholderText = IsAmong(text, "/|\|-|—|——|无|不详|未填|空|N/A|n/a|NULL|null|None|nan")
End Function

' A cell with nothing but a sign for nothing.
Public Function IsPlaceholder(value As Variant) As Boolean
    Dim text As String
    If VarType(value) <> vbString Then Exit Function
    If Len("" & value) > 16 Then Exit Function
    text = Plain("" & value)
    If Len(text) > 0 Then IsPlaceholder = IsPlaceholderText(WithNarrowSigns(text))
End Function

' ---------------------------------------------------------------------------------------------- lists

Private Function MatchText(ByVal text As String) As String
    Dim out As String, at As Long
    out = CodeText(text)
    For at = 1 To 5
        out = Replace(out, Mid("。()（）", at, 1), "")
    Next
    MatchText = out
End Function

Private Function OneChoice(ByVal list As String, value As Variant, ByRef said As String) As String
    Dim text As String, found As String
    If VarType(value) = vbBoolean Then
        text = IIf(value, "是", "否")
    Else
        text = MatchText(Typed(value))
    End If
    If OptionOf(list, text, found, said) Then OneChoice = found: Exit Function
    If VarType(value) = vbString Then
        If text = "" Or IsAmong(text, "/|-|—|无|不详|-1|-2") Then Exit Function
    End If
    said = "G104"
    OneChoice = UNREAD_MARK & Typed(value)
End Function

' The option a text means: its code, its label, or both; said is G105 for a word of another meaning.
Private Function OptionOf(ByVal list As String, ByVal text As String, ByRef found As String, ByRef said As String) As Boolean
    Dim forms As String, at As Long, start As Long
    If Len(text) = 0 Then Exit Function
    forms = FormsOf(list)
    at = InStr(forms, vbLf & text & "=")
    If at = 0 Then Exit Function
    start = at + Len(text) + 2
    found = Mid(forms, start, InStr(start, forms, vbLf) - start)
    If Left(found, 1) = "~" Then said = "G105": found = Mid(found, 2)
    OptionOf = True
End Function

' Every form in which an option may be written, as "form=code", "~" before the code for other words; made once for each list.
Private Function FormsOf(ByVal list As String) As String
    Dim forms As String, others As String, lines As Variant, at As Long, cut As Long, code As String, label As String, sign As Long
    For at = 0 To mUsed - 1
        If mNames(at) = list Then FormsOf = mForms(at): Exit Function
    Next
    lines = Split(ListText(list), vbLf)
    forms = vbLf
    For at = 1 To UBound(lines)
        cut = InStr(lines(at), "=")
        If Left(lines(at), 1) = "~" Then
            others = others & MatchText(Mid(lines(at), 2, cut - 2)) & "=~" & Mid(lines(at), cut + 1) & vbLf
        Else
            code = Left(lines(at), cut - 1): label = Mid(lines(at), cut + 1)
            forms = forms & code & "=" & code & vbLf & MatchText(label) & "=" & code & vbLf & MatchText("" & code & label) & "=" & code & vbLf
            For sign = 1 To 4
                forms = forms & MatchText("" & code & Mid(".、-:", sign, 1) & label) & "=" & code & vbLf
            Next
            If lines(0) = "text" And Left(code, 1) = "0" Then others = others & CLng(code) & "=" & code & vbLf
        End If
    Next
    mNames(mUsed) = list
    mForms(mUsed) = forms & others
    FormsOf = mForms(mUsed)
    mUsed = mUsed + 1
End Function

Private Function Several(ByVal list As String, value As Variant, ByRef said As String) As String
    Dim text As String, items As Variant, at As Long, found As String, inner As String, one As String, codes As String, count As Long
    If VarType(value) <> vbString Then
        Several = OneChoice(list, value, said)
        Exit Function
    End If
    one = OneChoice(list, value, inner)
    If Not IsUnread(one) Then Several = one: Exit Function
    text = "" & value
    For at = 1 To 9
        text = Replace(text, Mid(";；,，、/+" & vbLf & vbCr, at, 1), Chr(1))
    Next
    items = Split(text, Chr(1))
    For at = 0 To UBound(items)
        If Not IsBlankCell(items(at)) Then count = count + 1: text = Plain("" & items(at))
    Next
    If count = 1 Then items = Split(text, " ")
    For at = 0 To UBound(items)
        If Not IsBlankCell(items(at)) Then
            found = OneChoice(list, items(at), inner)
            If IsUnread(found) Or found = "" Then said = "G104": Several = UNREAD_MARK & Typed(value): Exit Function
            If InStr(";" & codes & ";", ";" & found & ";") = 0 Then codes = codes & IIf(codes = "", "", ";") & found
        End If
    Next
    Several = InNumbers(codes)
End Function

' Codes of a list in order of their numbers.
Private Function InNumbers(ByVal codes As String) As String
    Dim items As Variant, at As Long, back As Long, held As String
    items = Split(codes, ";")
    For at = 1 To UBound(items)
        held = items(at): back = at - 1
        Do While back >= 0
            If CLng(items(back)) <= CLng(held) Then Exit Do
            items(back + 1) = items(back)
            back = back - 1
        Loop
        items(back + 1) = held
    Next
    InNumbers = Join(items, ";")
End Function

Private Function YesNo(value As Variant, ByRef said As String) As String
    Dim text As String, ticks As String
    If VarType(value) = vbBoolean Then
        text = IIf(value, "1", "0")
    Else
        text = UCase(CodeText(Typed(value)))
    End If
    ticks = "是|√|有|1|Y|YES|TRUE|对|" & ChrW(&H2713) & "|" & ChrW(&H2714) & "|" & ChrW(&H2611)
    If IsAmong(text, ticks) Then YesNo = "1": Exit Function
    ticks = "否|×|无|没有|0|N|NO|FALSE|不|X|" & ChrW(&H2717) & "|" & ChrW(&H2718)
    If IsAmong(text, ticks) Then YesNo = "0": Exit Function
    If text = "" Or IsAmong(text, "/|-|—|不详") Then Exit Function
    said = "G104"
    YesNo = UNREAD_MARK & Typed(value)
End Function

' ---------------------------------------------------------------------------------------------- numbers

Private Function NumberOf(ByVal kind As String, value As Variant, ByRef said As String) As String
    Dim number As Double, fine As Boolean, changed As Boolean
    fine = Amount(value, number, changed)
    If fine And VarType(value) = vbString And Abs(number) < 1E+09 Then number = Round(number, 6)
    If fine And kind <> "money" Then fine = (number = Int(number))
    If fine Then fine = Abs(number) < 1E+15
    If Not fine Then said = "G106": NumberOf = UNREAD_MARK & Typed(value): Exit Function
    If kind <> "money" And (number = -1 Or number = -2) Then Exit Function
    If kind = "flag" And number <> 0 And number <> 1 Then said = "G106": NumberOf = UNREAD_MARK & Typed(value): Exit Function
    If changed Then said = "G105"
    If kind = "money" Then NumberOf = Replace(Format(number, "0.00"), ",", ".") Else NumberOf = Format(number, "0")
End Function

Private Function Amount(value As Variant, ByRef number As Double, ByRef changed As Boolean) As Boolean
    Dim text As String, bare As String, times As Double, at As Long, units As Variant, whole As String, part As String
    Select Case VarType(value)
        Case vbBoolean, vbDate
            Exit Function
        Case vbString
        Case Else
            number = CDbl(value): Amount = True: Exit Function
    End Select
    text = CodeText("" & value)
    Do While Left(text, 1) = ChrW(165) Or Left(text, 1) = ChrW(&HFFE5&)
        text = Mid(text, 2)
    Loop
    bare = text
    If Right(bare, 1) = "整" Then bare = Left(bare, Len(bare) - 1)
    units = Split("元|人次|人|份|家|次|件|条|个|例|户|场|块|名", "|")
    For at = 0 To UBound(units)
        If Len(bare) > Len(units(at)) And Right(bare, Len(units(at))) = units(at) Then bare = Left(bare, Len(bare) - Len(units(at))): Exit For
    Next
    times = 1
    If Right(bare, 1) = "万" Then times = 10000: bare = Left(bare, Len(bare) - 1)
    If times = 1 And Right(bare, 1) = "千" Then times = 1000: bare = Left(bare, Len(bare) - 1)
    whole = bare
    If Left(whole, 1) = "+" Or Left(whole, 1) = "-" Then whole = Mid(whole, 2)
    at = InStr(whole, ".")
    If at > 0 Then
        part = Mid(whole, at + 1): whole = Left(whole, at - 1)
        If Not IsDigits(part) Then Exit Function
    End If
    If InStr(whole, ",") > 0 Then
        If Not InThousands(whole) Then Exit Function
        whole = Replace(whole, ",", "")
    End If
    If Not IsDigits(whole) Then Exit Function
    number = Val(whole & "." & part & "0") * times
    If Left(bare, 1) = "-" Then number = -number
    changed = Not IsDigits(Replace(IIf(Left(text, 1) = "+" Or Left(text, 1) = "-", Mid(text, 2), text), ".", ""))
    Amount = True
End Function

Private Function InThousands(ByVal text As String) As Boolean
    Dim parts As Variant, at As Long
    parts = Split(text, ",")
    For at = 0 To UBound(parts)
        If Not IsDigits(parts(at)) Then Exit Function
        If at = 0 And Len(parts(at)) > 3 Then Exit Function
        If at > 0 And Len(parts(at)) <> 3 Then Exit Function
    Next
    InThousands = True
End Function

' ---------------------------------------------------------------------------------------------- names and codes

Public Function IsHan(ByVal text As String) As Boolean
    Dim code As Long
    If Len(text) = 0 Then Exit Function
    code = CodeAt(text, 1)
    IsHan = code >= &H4E00& And code <= &H9FFF&
End Function

Public Function HasHan(ByVal text As String) As Boolean
    Dim at As Long
    If Not (text Like "*[!!-~]*") Then Exit Function
    For at = 1 To Len(text)
        If IsHan(Mid(text, at, 1)) Then HasHan = True: Exit Function
    Next
End Function

' Spaces between Chinese characters go.
Private Function NameOf(ByVal text As String) As String
    Dim at As Long, piece As String
    If InStr(text, " ") = 0 Then NameOf = text: Exit Function
    For at = 1 To Len(text)
        piece = Mid(text, at, 1)
        If Not (piece = " " And IsHan(Mid(text, at + 1, 1)) And at > 1) Then
            NameOf = NameOf & piece
        ElseIf Not IsHan(Mid(text, at - 1, 1)) Then
            NameOf = NameOf & piece
        End If
    Next
End Function

Private Function CodeOf(value As Variant, ByRef said As String) As String
    Dim text As String, at As Long
    If VarType(value) <> vbString And VarType(value) <> vbBoolean And VarType(value) <> vbDate Then CodeOf = Typed(value): Exit Function
    text = CodeText(Typed(value))
    If IsScientific(text) Then said = "G109": CodeOf = UNREAD_MARK & text: Exit Function
    If Right(text, 2) = ".0" Then
        If IsDigits(Left(text, Len(text) - 2)) Then said = "G105": text = Left(text, Len(text) - 2)
    End If
    CodeOf = text
End Function

' 1.3E+11 and the like.
Private Function IsScientific(ByVal text As String) As Boolean
    Dim at As Long, head As String, tail As String, dot As Long
    at = InStr(UCase(text), "E")
    If at < 2 Then Exit Function
    head = Left(text, at - 1): tail = Mid(text, at + 1)
    If Left(head, 1) = "+" Or Left(head, 1) = "-" Then head = Mid(head, 2)
    If Left(tail, 1) = "+" Then tail = Mid(tail, 2)
    dot = InStr(head, ".")
    If dot > 0 Then
        If Not IsDigits(Mid(head, dot + 1)) Then Exit Function
        head = Left(head, dot - 1)
    End If
    IsScientific = IsDigits(head) And IsDigits(tail)
End Function

Private Function PhoneOf(value As Variant, ByRef said As String) As String
    Dim text As String, parts As Variant, at As Long, all As String, first As String, count As Long
    If VarType(value) = vbString Then
        all = "" & value
        For at = 1 To 8
            all = Replace(all, Mid("/;；,，、或" & vbLf, at, 1), " ")
        Next
        parts = Split(Plain(all), " ")
        For at = 0 To UBound(parts)
            If Len(parts(at)) > 0 Then
                count = count + 1
                If count = 1 Then first = CodeText("" & parts(at))
                If Not LooksLikePhone(CodeText("" & parts(at))) Then count = -99
            End If
        Next
        If count > 1 Then PhoneOf = PhoneOf2(first): said = "G105": Exit Function
    End If
    text = CodeOf(value, said)
    If IsUnread(text) Then PhoneOf = text Else PhoneOf = PhoneOf2(text)
End Function

Private Function PhoneOf2(ByVal text As String) As String
    Dim bare As String
    If Left(text, 3) = "+86" Then
        text = Mid(text, 4)
    ElseIf Left(text, 4) = "0086" Then
        text = Mid(text, 5)
    End If
    bare = Replace(text, "-", "")
    If (text Like "861[3-9]#*") And Len(bare) = 13 And IsDigits(bare) Then text = Mid(text, 3)
    bare = Replace(text, "-", "")
    If Left(text, 1) = "1" And Len(text) >= 11 And IsDigits(bare) Then text = bare
    PhoneOf2 = text
End Function

Private Function LooksLikePhone(ByVal text As String) As Boolean
    Dim bare As String
    bare = text
    If Left(bare, 3) = "+86" Then
        bare = Mid(bare, 4)
    ElseIf Left(bare, 4) = "0086" Then
        bare = Mid(bare, 5)
    ElseIf Left(bare, 2) = "86" Then
        bare = Mid(bare, 3)
    End If
    If (bare Like "1[3-9]########*") Or (bare Like "1[3-9]#-*") Or (bare Like "1[3-9]#####-*") Then
        If (bare Like "1[3-9]#-####*") Then bare = Left(bare, 3) & Mid(bare, 5)
        If (bare Like "1[3-9]#####-*") Then bare = Left(bare, 7) & Mid(bare, 9)
        LooksLikePhone = IsPhone(bare)
    ElseIf bare = text Then
        LooksLikePhone = IsPhone(bare)
    End If
End Function

' A mobile or a landline number (P121).
Public Function IsPhone(ByVal text As String) As Boolean
    Dim parts As Variant, rest As String, area As Long
    If Len(text) = 11 And IsDigits(text) And Left(text, 1) = "1" Then
        IsPhone = InStr("3456789", Mid(text, 2, 1)) > 0
        Exit Function
    End If
    If Left(text, 1) <> "0" Then Exit Function
    For area = 3 To 4
        If IsDigits(Left(text, area)) And Len(text) > area Then
            rest = Mid(text, area + 1)
            If Left(rest, 1) = "-" Then rest = Mid(rest, 2)
            parts = Split(rest, "-")
            If (Len(parts(0)) = 7 Or Len(parts(0)) = 8) And IsDigits(parts(0)) Then
                If UBound(parts) = 0 Then
                    IsPhone = True
                ElseIf UBound(parts) = 1 Then
                    If Len(parts(1)) <= 6 And IsDigits(parts(1)) Then IsPhone = True
                End If
            End If
        End If
    Next
End Function

' The year of a document number in 〔 〕.
Private Function DocOf(ByVal text As String) As String
    Dim at As Long, out As String
    out = text
    For at = 1 To Len(text) - 5
        If InStr("[［(（【〔", Mid(text, at, 1)) > 0 And IsDigits(Mid(text, at + 1, 4)) And InStr("]］)）】〕", Mid(text, at + 5, 1)) > 0 Then
            out = Left(out, at - 1) & "〔" & Mid(out, at + 1, 4) & "〕" & Mid(out, at + 6)
        End If
    Next
    DocOf = out
End Function

Private Function QuarterOf(value As Variant) As String
    Dim text As String, rest As String
    text = UCase(CodeText(Typed(value)))
    If Not IsDigits(Left(text, 4)) Or Len(text) < 5 Then Exit Function
    rest = Mid(text, 5)
    If Left(rest, 1) = "年" Or Left(rest, 1) = "-" Then rest = Mid(rest, 2)
    If Left(rest, 1) = "第" Then rest = Mid(rest, 2)
    If Left(rest, 1) = "Q" Then rest = Mid(rest, 2)
    rest = Replace(Replace(Replace(Replace(rest, "一", "1"), "二", "2"), "三", "3"), "四", "4")
    If Right(rest, 2) = "季度" Then rest = Left(rest, Len(rest) - 2)
    If Right(rest, 1) = "季" Then rest = Left(rest, Len(rest) - 1)
    If Len(rest) = 1 And InStr("1234", rest) > 0 Then QuarterOf = "" & Left(text, 4) & "-Q" & rest
End Function

' ---------------------------------------------------------------------------------------------- units

Public Function LevelOf(ByVal code As String) As String
    If Mid(code, 10, 3) <> "000" Then
        LevelOf = "village"
    ElseIf Mid(code, 7, 3) <> "000" Then
        LevelOf = "township"
    ElseIf Mid(code, 5, 2) <> "00" Then
        LevelOf = "county"
    ElseIf Mid(code, 3, 2) <> "00" Then
        LevelOf = "prefecture"
    Else
        LevelOf = "province"
    End If
End Function

Private Function UnitCodeOf(value As Variant, ByVal levels As String, ByVal group As Boolean, ByRef said As String) As String
    Dim text As String, padded As String
    text = CodeOf(value, said)
    If IsUnread(text) Then UnitCodeOf = text: Exit Function
    If group And Len(text) = 15 And Mid(text, 13, 1) = "-" Then
        If IsDigits(Left(text, 12)) And IsDigits(Mid(text, 14)) And Left(text, 1) <> "0" Then UnitCodeOf = text: Exit Function
    End If
    If Len(text) = 15 And IsDigits(text) Then said = "G105": UnitCodeOf = Left(text, 12): Exit Function
    If (Len(text) = 6 Or Len(text) = 9 Or Len(text) = 12) And IsDigits(text) And Left(text, 1) <> "0" Then
        padded = Left(text & "000000", 12)
        If levels = "" Or InStr("," & levels & ",", "," & LevelOf(padded) & ",") > 0 Then UnitCodeOf = padded: Exit Function
    End If
    said = "G104"
    UnitCodeOf = UNREAD_MARK & Typed(value)
End Function

Private Function UnitCodesOf(value As Variant, ByRef said As String) As String
    Dim text As String, spaced As String, items As Variant, at As Long, back As Long, one As String, inner As String, found As String
    If VarType(value) <> vbString Then UnitCodesOf = UnitCodeOf(value, "", True, said): Exit Function
    text = "" & value
    For at = 1 To 8
        text = Replace(text, Mid(";；,，、" & vbLf & vbCr & vbCr, at, 1), Chr(1))
    Next
    For at = 1 To Len(text)
        If IsSpace(CodeAt(text, at)) Then spaced = spaced & " " Else spaced = spaced & Mid(text, at, 1)
    Next
    items = Split(Replace(spaced, "  ", Chr(1)), Chr(1))
    For at = 0 To UBound(items)
        If Not IsBlankCell(items(at)) Then
            one = UnitCodeOf(items(at), "", True, inner)
            If IsUnread(one) Then said = inner: UnitCodesOf = UNREAD_MARK & Typed(value): Exit Function
            If InStr(";" & found & ";", ";" & one & ";") = 0 Then found = found & IIf(found = "", "", ";") & one
        End If
    Next
    items = Split(found, ";")
    For at = 1 To UBound(items)
        one = items(at)
        For back = at - 1 To 0 Step -1
            If StrComp(items(back), one, vbBinaryCompare) <= 0 Then Exit For
            items(back + 1) = items(back)
        Next
        items(back + 1) = one
    Next
    UnitCodesOf = Join(items, ";")
End Function
