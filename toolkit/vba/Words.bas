Attribute VB_Name = "Words"
Option Explicit
' Text as people type it: the same as toolkit/schema/text.py and toolkit/steps/headers.py.
' Begin every concatenation with a string: number & number is empty text in LibreOffice.

Private Const WIDE_SIGNS As String = "．－＋／，＊＃％：（）［］"
Private Const NARROW_SIGNS As String = ".-+/,*#%:()[]"

Private mOdd As String
Private mWide As String

' Whether a text has a character that Plain would change: one pattern is far quicker than a look at each character.
Private Function IsOdd(ByVal text As String) As Boolean
    Dim code As Long
    If Not (text Like "*[!!-~]*") Then IsOdd = HasBreaks(text): Exit Function
    If mOdd = "" Then
        For code = &HFF10& To &HFF5A&
            If code <= &HFF19& Or (code >= &HFF21& And code <= &HFF3A&) Or code >= &HFF41& Then mOdd = mOdd & ChrW(code)
        Next
        For code = 1 To 31
            mOdd = mOdd & ChrW(code)
        Next
        For code = &H2000& To &H2064&
            If IsSpace(code) Or IsInvisible(code) Then mOdd = mOdd & ChrW(code)
        Next
        mOdd = "*[" & mOdd & ChrW(&H85&) & ChrW(&HA0&) & ChrW(&HAD&) & ChrW(&H1680&) & ChrW(&H3000&) & ChrW(&HFEFF&) & "]*"
    End If
    If InStr(text, " ") > 0 Then
        If InStr(text, "  ") > 0 Or Left(text, 1) = " " Or Right(text, 1) = " " Then IsOdd = True: Exit Function
    End If
    IsOdd = text Like mOdd
End Function

' LibreOffice's Like takes no text with two line ends or more, whatever the pattern.
Private Function HasBreaks(ByVal text As String) As Boolean
    If InStr(text, vbLf) > 0 Or InStr(text, vbCr) > 0 Then HasBreaks = True: Exit Function
    HasBreaks = InStr(text, Chr(11)) + InStr(text, Chr(12)) + InStr(text, ChrW(&H85&)) + InStr(text, ChrW(&H2028&)) + InStr(text, ChrW(&H2029&)) > 0
End Function

Private Function HasWide(ByVal text As String) As Boolean
    Dim code As Long
    If mWide = "" Then
        For code = &HFF01& To &HFF5E&
            mWide = mWide & ChrW(code)
        Next
        mWide = "*[" & mWide & "]*"
    End If
    HasWide = (text Like mWide)
End Function

' The code of a character, 0 to 65535.
Public Function CodeAt(ByVal text As String, ByVal at As Long) As Long
    Dim code As Long
    code = AscW(Mid(text, at, 1))
    If code < 0 Then code = code + 65536
    CodeAt = code
End Function

Private Function IsInvisible(ByVal code As Long) As Boolean
    Select Case code
        Case &H200B& To &H200F&, &H2060&, &HFEFF&, &HAD&, &H202A& To &H202E&
            IsInvisible = True
    End Select
End Function

Public Function IsSpace(ByVal code As Long) As Boolean
    Select Case code
        Case 9 To 13, 28 To 32, &H85&, &HA0&, &H1680&, &H2000& To &H200A&, &H2028&, &H2029&, &H202F&, &H205F&, &H3000&
            IsSpace = True
    End Select
End Function

' Full-width letters and digits made narrow; with signs True the few signs that belong to numbers too.
Private Function Narrowed(ByVal text As String, ByVal signs As Boolean) As String
    Dim at As Long, code As Long, found As Long, piece As String, out As String
    If Not IsOdd(text) Then
        If signs And (text Like "*[!!-~]*") Then
            For at = 1 To Len(WIDE_SIGNS)
                text = Replace(text, Mid(WIDE_SIGNS, at, 1), Mid(NARROW_SIGNS, at, 1))
            Next
        End If
        Narrowed = text
        Exit Function
    End If
    For at = 1 To Len(text)
        piece = Mid(text, at, 1)
        code = AscW(piece) And 65535
        If code >= &HFF00& Then
            If (code >= &HFF10& And code <= &HFF19&) Or (code >= &HFF21& And code <= &HFF3A&) Or (code >= &HFF41& And code <= &HFF5A&) Then
                piece = ChrW(code - &HFEE0&)
            ElseIf signs Then
                found = InStr(WIDE_SIGNS, piece)
                If found > 0 Then piece = Mid(NARROW_SIGNS, found, 1)
            End If
        ElseIf signs And code > 127 Then
            found = InStr(WIDE_SIGNS, piece)
            If found > 0 Then piece = Mid(NARROW_SIGNS, found, 1)
        End If
        out = out & piece
    Next
    Narrowed = out
End Function

' As a person sees it: no invisible characters, narrow digits and letters, single inner spaces.
Public Function Plain(ByVal text As String) As String
    Dim at As Long, code As Long, out As String, gap As Boolean, piece As String
    If Not IsOdd(text) Then Plain = text: Exit Function
    For at = 1 To Len(text)
        piece = Mid(text, at, 1)
        code = AscW(piece) And 65535
        If Not ((code > 32 And code < 127) Or (code >= &H3001& And code <= &H9FFF&)) Then
            If IsInvisible(code) Then
                piece = ""
            ElseIf IsSpace(code) Then
                gap = True: piece = ""
            ElseIf (code >= &HFF10& And code <= &HFF19&) Or (code >= &HFF21& And code <= &HFF3A&) Or (code >= &HFF41& And code <= &HFF5A&) Then
                piece = ChrW(code - &HFEE0&)
            End If
        End If
        If piece <> "" Then
            If gap And Len(out) > 0 Then out = out & " "
            gap = False
            out = out & piece
        End If
    Next
    Plain = out
End Function

' Text of a code: plain, with narrow signs and no spaces.
Public Function CodeText(ByVal text As String) As String
    CodeText = Replace(Plain(Narrowed(text, True)), " ", "")
End Function

Public Function WithNarrowSigns(ByVal text As String) As String
    WithNarrowSigns = Narrowed(text, True)
End Function

' Nothing there, or only white and invisible characters. An error value is not nothing.
Public Function IsBlankCell(value As Variant) As Boolean
    If IsEmpty(value) Then
        IsBlankCell = True
    ElseIf IsNull(value) Then
        IsBlankCell = True
    ElseIf VarType(value) = vbString Then
        If ("" & value) Like "[0-9A-Za-z]*" Then Exit Function
        IsBlankCell = (Len(Plain("" & value)) = 0)
    End If
End Function

' Whether a text is one of some words, parted by |.
Public Function IsAmong(ByVal text As String, ByVal words As String) As Boolean
    If InStr(text, "|") = 0 Then IsAmong = InStr("|" & words & "|", "|" & text & "|") > 0
End Function

Public Function IsDigits(ByVal text As String) As Boolean
    If Len(text) > 0 Then IsDigits = Not (text Like "*[!0-9]*")
End Function

' A cell's text: whole numbers without a decimal point, dates as 2025-09-08.
Public Function Typed(value As Variant) As String
    Select Case VarType(value)
        Case vbString
            Typed = Plain("" & value)
        Case vbBoolean
            If value Then Typed = "TRUE" Else Typed = "FALSE"
        Case vbDate
            Typed = Format(value, "yyyy-mm-dd")
        Case vbEmpty, vbNull, vbError
            Typed = ""
        Case Else
            If value = Int(value) And Abs(value) < 1E+15 Then Typed = Format(value, "0") Else Typed = "" & value
    End Select
End Function

' Whether a header's key may be another text than the header in capitals.
Public Function IsNoisy(ByVal text As String) As Boolean
    If IsOdd(text) Then IsNoisy = True: Exit Function
    If HasWide(text) Then IsNoisy = True: Exit Function
    IsNoisy = (text Like "*[ ([【［（*＊※:：。、①②③④⑤⑥⑦⑧⑨⑩]*")
End Function

' A header without white space, stars, colons, and anything in brackets.
Public Function HeaderKey(ByVal text As String) As String
    Dim at As Long, code As Long, piece As String, whole As String, bare As String, out As String, closing As Long
    If Not IsNoisy(text) Then HeaderKey = UCase(text): Exit Function
    For at = 1 To Len(text)
        piece = Mid(text, at, 1)
        code = AscW(piece) And 65535
        If (code > 32 And code < 127) Or (code >= &H3001& And code <= &H9FFF&) Then
            whole = whole & piece
        ElseIf code >= &HFF01& And code <= &HFF5E& Then
            whole = whole & ChrW(code - &HFEE0&)
        ElseIf code >= &H2460& And code <= &H2473& Then
            whole = whole & (code - &H245F&)
        ElseIf Not IsSpace(code) Then
            If Not IsInvisible(code) Then whole = whole & piece
        End If
    Next
    at = 1
    Do While at <= Len(whole)
        piece = Mid(whole, at, 1)
        closing = 0
        If InStr("([【", piece) > 0 Then closing = NextClosing(whole, at + 1)
        If closing > 0 Then at = closing + 1 Else bare = bare & piece: at = at + 1
    Loop
    out = WithoutSigns(bare)
    If Len(out) = 0 Then out = WithoutSigns(whole)
    HeaderKey = UCase(out)
End Function

Private Function NextClosing(ByVal text As String, ByVal at As Long) As Long
    Do While at <= Len(text)
        If InStr(")]】", Mid(text, at, 1)) > 0 Then NextClosing = at: Exit Function
        at = at + 1
    Loop
End Function

Private Function WithoutSigns(ByVal text As String) As String
    Dim at As Long
    For at = 1 To Len(text)
        If InStr("*＊※:：。、", Mid(text, at, 1)) = 0 Then WithoutSigns = WithoutSigns & Mid(text, at, 1)
    Next
End Function
