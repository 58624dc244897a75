Attribute VB_Name = "Privacy"
Option Explicit
' Texts of office ledgers that are not kept (K103, K104, K105): numbers of persons, informants, unsuitable words.

' Why a text is not kept, "" where it may stay; free: a column for free text, else only identity numbers count.
Public Function UnfitText(ByVal text As String, ByVal free As Boolean) As String
    Dim words As Variant, at As Long, bare As String
    If Len(text) < 2 Or (Len(text) < 18 And Not free) Then Exit Function
    text = Plain(text)
    If text Like "*[0-9][0-9][0-9]*" Then
        If HasNumber(text, free) Then UnfitText = "K103": Exit Function
    End If
    If Not free Then Exit Function
    bare = Replace(text, " ", "")
    If InStr(bare, "举报") > 0 Then
        If NamesInformant(bare) Or NamesReporter(bare) Then UnfitText = "K104": Exit Function
    End If
    words = Split("思想动向|思想动态|死胎|死产|孕情消失|准生证|社会抚养费|三查|孕检结果|补救措施|当事妇女", "|")
    For at = 0 To UBound(words)
        If InStr(bare, words(at)) > 0 Then UnfitText = "K105": Exit Function
    Next
End Function

' Whether a number of a person begins at any digit with no digit before it; phones count in free text only.
Private Function HasNumber(ByVal text As String, ByVal phones As Boolean) As Boolean
    Dim at As Long, before As Boolean, digit As Boolean
    For at = 1 To Len(text)
        digit = InStr("0123456789", Mid(text, at, 1)) > 0
        If digit And Not before Then
            If IsIdentity(Mid(text, at)) Then HasNumber = True: Exit Function
            If phones Then
                If IsMobile(Mid(text, at)) Then HasNumber = True: Exit Function
                If IsLandline(Mid(text, at)) Then HasNumber = True: Exit Function
            End If
        End If
        before = digit
    Next
End Function

' Without a blank or hyphen that parts groups of digits.
Private Function WithoutGap(ByVal text As String) As String
    If Left(text, 1) = " " Or Left(text, 1) = "-" Then WithoutGap = Mid(text, 2) Else WithoutGap = text
End Function

' 6 digits, 8 of a true day, 3 and the right check character, nothing after them that makes them part of more.
Private Function IsIdentity(ByVal text As String) As Boolean
    Dim number As String, weights As Variant, at As Long, total As Long, year As Long, month As Long, day As Long
    If Not (text Like "######*") Or Left(text, 1) = "0" Then Exit Function
    number = Left(text, 6)
    text = WithoutGap(Mid(text, 7))
    If Not (text Like "########*") Then Exit Function
    number = number & Left(text, 8)
    text = WithoutGap(Mid(text, 9))
    If Not (text Like "###[0-9Xx]*") Then Exit Function
    number = number & UCase(Left(text, 4))
    If (Mid(text, 5, 1) Like "[0-9A-Za-z]") Then Exit Function
    year = CLng(Mid(number, 7, 4)): month = CLng(Mid(number, 11, 2)): day = CLng(Mid(number, 13, 2))
    If year < 1900 Or year > 2100 Or month < 1 Or month > 12 Or day < 1 Then Exit Function
    If day > LengthOf(year, month) Then Exit Function
    weights = Split("7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2", " ")
    For at = 1 To 17
        total = total + CLng(Mid(number, at, 1)) * CLng(weights(at - 1))
    Next
    IsIdentity = (Mid("10X98765432", (total Mod 11) + 1, 1) = Mid(number, 18, 1))
End Function

Private Function IsMobile(ByVal text As String) As Boolean
    Dim rest As String
    If Left(text, 4) = "0086" Then
        text = WithoutGap(Mid(text, 5))
    ElseIf Left(text, 2) = "86" Then
        text = WithoutGap(Mid(text, 3))
    End If
    If Not (text Like "1[3-9]#*") Then Exit Function
    rest = WithoutGap(Mid(text, 4))
    If Not (rest Like "####*") Then Exit Function
    rest = WithoutGap(Mid(rest, 5))
    IsMobile = (rest Like "####*") And Not (rest Like "#####*")
End Function

' 0 and two or three digits, then seven or eight.
Private Function IsLandline(ByVal text As String) As Boolean
    Dim area As Long, rest As String
    If Left(text, 1) <> "0" Then Exit Function
    For area = 3 To 4
        If IsDigits(Left(text, area)) Then
            rest = Mid(text, area + 1)
            If Left(rest, 1) = ")" Or Left(rest, 1) = "）" Then rest = Mid(rest, 2)
            rest = WithoutGap(rest)
            If (rest Like "#######*") And Not (rest Like "#########*") Then IsLandline = True
        End If
    Next
End Function

' A name after 举报人 or 举报者 and 为, 是 or a colon.
Private Function NamesInformant(ByVal text As String) As Boolean
    Dim at As Long, word As Variant, rest As String
    For Each word In Split("举报人|举报者", "|")
        at = InStr(text, word)
        Do While at > 0
            rest = Mid(text, at + 3)
            If Left(rest, 2) = "姓名" Then rest = Mid(rest, 3)
            If (Left(rest, 1) Like "[为是:：]") And Left(rest, 2) <> "是否" Then
                rest = Mid(rest, 2)
                If BeginsName(rest) And Not BeginsWith(rest, "匿名|保密|不|无|保护|奖励|群众") Then
                    If at < 3 Then NamesInformant = True: Exit Function
                    If Mid(text, at - 2, 2) <> "不记" Then NamesInformant = True: Exit Function
                End If
            End If
            at = InStr(at + 1, text, word)
        Loop
    Next
End Function

Private Function BeginsName(ByVal text As String) As Boolean
    If (text Like "[A-Za-z]*") Then
        BeginsName = True
    ElseIf Len(text) > 0 Then
        BeginsName = IsHan(text)
    End If
End Function

' 由 somebody 举报, unless it is the public or an office.
Private Function NamesReporter(ByVal text As String) As Boolean
    Dim at As Long, far As Long, who As String, piece As String
    at = InStr(text, "由")
    Do While at > 0
        who = ""
        For far = 1 To 12
            piece = Mid(text, at + far, 1)
            If piece = "" Or InStr("，。；、,;", piece) > 0 Then Exit For
            If Mid(text, at + far + 1, 2) = "举报" Then
                If Not BeginsWith(Mid(text, at + far + 3), "奖励|人|电话|箱|热线|制度|渠道|平台|信息|线索|机制") Then who = Mid(text, at + 1, far): Exit For
            End If
        Next
        If who <> "" Then
            If Not IsNobody(who) Then NamesReporter = True: Exit Function
            at = at + Len(who) + 2
        End If
        at = InStr(at + 1, text, "由")
    Loop
End Function

Private Function BeginsWith(ByVal text As String, ByVal words As String) As Boolean
    Dim word As Variant
    For Each word In Split(words, "|")
        If Left(text, Len(word)) = word Then BeginsWith = True
    Next
End Function

' The public, or an office that does not only stand at the end of what somebody did: 向…局.
Private Function IsNobody(ByVal who As String) As Boolean
    Dim word As Variant, found As Boolean, plainly As Boolean
    plainly = Not (who Like "*[向到给经往去]*")
    For Each word In Split("局|委|办|中心|部门|单位|院|所", "|")
        If plainly And Right(who, Len(word)) = word Then IsNobody = True: Exit Function
    Next
    Do
        If IsAmong(who, "群众|村民|居民|市民|匿名|他人|热线|电话|网络|来信") Then IsNobody = True: Exit Function
        found = False
        For Each word In Split("热心|匿名|有关|多名|一名|附近|当地|社会|部分", "|")
            If Not found And Left(who, Len(word)) = word Then who = Mid(who, Len(word) + 1): found = True
        Next
    Loop While found
End Function
