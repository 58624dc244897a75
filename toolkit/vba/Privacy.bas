Attribute VB_Name = "Privacy"
Option Explicit
' Texts of office ledgers that are not kept (K103, K104, K105): numbers of persons, informants, unsuitable words.

' Why a text is not kept, "" where it may stay; free: a column for free text, else only identity numbers count.
Public Function UnfitText(ByVal text As String, ByVal free As Boolean) As String
    Dim words As Variant, at As Long, bare As String
    If Len(text) < 3 Then Exit Function
    text = Plain(text)
    If text Like "*[0-9][0-9][0-9][0-9]*" And Len(text) > 17 Then
        If HasIdentity(text) Then UnfitText = "K103": Exit Function
    End If
    If Not free Then Exit Function
    If text Like "*[0-9][0-9][0-9]*" Then
        If HasPhone(text) Then UnfitText = "K103": Exit Function
    End If
    bare = Replace(text, " ", "")
    If NamesInformant(bare) Then UnfitText = "K104": Exit Function
    words = Split("思想动向|思想动态|死胎|死产|孕情消失|准生证|社会抚养费|三查|孕检结果|补救措施|当事妇女", "|")
    For at = 0 To UBound(words)
        If InStr(bare, words(at)) > 0 Then UnfitText = "K105": Exit Function
    Next
End Function

Private Function HasIdentity(ByVal text As String) As Boolean
    Dim at As Long, run As String, piece As String, clean As String
    clean = Replace(Replace(UCase(text), "-", ""), " ", "") & "|"
    For at = 1 To Len(clean)
        piece = Mid(clean, at, 1)
        If InStr("0123456789X", piece) > 0 Then
            run = run & piece
        Else
            If Len(run) = 18 Then
                If IsIdentity(run) Then HasIdentity = True: Exit Function
            End If
            run = ""
        End If
    Next
End Function

Private Function IsIdentity(ByVal number As String) As Boolean
    Dim weights As Variant, at As Long, total As Long, said As String
    If Not IsDigits(Left(number, 17)) Or Left(number, 1) = "0" Then Exit Function
    If CLng(Mid(number, 7, 4)) < 1900 Or CLng(Mid(number, 7, 4)) > 2100 Then Exit Function
    If CLng(Mid(number, 11, 2)) < 1 Or CLng(Mid(number, 11, 2)) > 12 Or CLng(Mid(number, 13, 2)) < 1 Or CLng(Mid(number, 13, 2)) > 31 Then Exit Function
    weights = Split("7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2", " ")
    For at = 1 To 17
        total = total + CLng(Mid(number, at, 1)) * CLng(weights(at - 1))
    Next
    IsIdentity = Mid("10X98765432", (total Mod 11) + 1, 1) = Mid(number, 18, 1)
End Function

' A mobile number or a landline with its area code, with no digit before or after.
Private Function HasPhone(ByVal text As String) As Boolean
    Dim at As Long, run As String, piece As String, clean As String, held As String
    clean = text & "|"
    For at = 1 To Len(clean)
        piece = Mid(clean, at, 1)
        If InStr("0123456789", piece) > 0 Then
            run = run & piece: held = ""
        ElseIf InStr(" -+()（）", piece) > 0 And run <> "" And held = "" Then
            held = piece
        Else
            If IsNumberOfPerson(run) Then HasPhone = True: Exit Function
            run = "": held = ""
        End If
    Next
End Function

Private Function IsNumberOfPerson(ByVal run As String) As Boolean
    If Left(run, 4) = "0086" Then run = Mid(run, 5)
    If Len(run) = 13 And Left(run, 2) = "86" Then run = Mid(run, 3)
    If Len(run) = 11 And Left(run, 1) = "1" Then IsNumberOfPerson = InStr("3456789", Mid(run, 2, 1)) > 0
    If Left(run, 1) = "0" And Len(run) >= 10 And Len(run) <= 12 Then IsNumberOfPerson = True
End Function

Private Function NamesInformant(ByVal text As String) As Boolean
    Dim at As Long, words As Variant, word As Long, rest As String, cut As Long, who As String
    words = Split("举报人|举报者|举报人姓名|举报者姓名", "|")
    For word = 0 To UBound(words)
        at = InStr(text, words(word))
        Do While at > 0
            rest = Mid(text, at + Len(words(word)))
            If InStr("为是:：", Left(rest & " ", 1)) > 0 And Len(rest) > 1 Then
                rest = Mid(rest, 2)
                If Not BeginsHarmless(rest) Then
                    If Mid(text, IIf(at > 2, at - 2, 1), 2) <> "不记" Then NamesInformant = True: Exit Function
                End If
            End If
            at = InStr(at + 1, text, words(word))
        Loop
    Next
    at = InStr(text, "由")
    Do While at > 0
        cut = InStr(at, text, "举报")
        If cut > at + 1 And cut - at <= 13 Then
            who = Mid(text, at + 1, cut - at - 1)
            rest = Mid(text, cut + 2)
            If Not IsNobody(who) And Not GoesOn(rest) Then NamesInformant = True: Exit Function
        End If
        at = InStr(at + 1, text, "由")
    Loop
End Function

Private Function BeginsHarmless(ByVal text As String) As Boolean
    Dim words As Variant, at As Long
    words = Split("匿名|保密|不|无|保护|奖励|群众|否", "|")
    For at = 0 To UBound(words)
        If Left(text, Len(words(at))) = words(at) Then BeginsHarmless = True
    Next
End Function

Private Function GoesOn(ByVal text As String) As Boolean
    Dim words As Variant, at As Long
    words = Split("奖励|人|电话|箱|热线|制度|渠道|平台|信息|线索|机制", "|")
    For at = 0 To UBound(words)
        If Left(text, Len(words(at))) = words(at) Then GoesOn = True
    Next
End Function

Private Function IsNobody(ByVal who As String) As Boolean
    Dim words As Variant, at As Long
    words = Split("群众|村民|居民|市民|匿名|他人|热线|电话|网络|来信|局|委|办|中心|部门|单位|院|所", "|")
    For at = 0 To UBound(words)
        If Right(who, Len(words(at))) = words(at) Then IsNobody = True
    Next
End Function
