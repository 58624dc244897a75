Attribute VB_Name = "Fields"
Option Explicit
' What the generated Schema says, as arrays: the columns of a ledger, and which header means which of them.

Public Const NO_FIELD As Long = -999
Public Const IGNORED As Long = 0
Public Const LMP As Long = 900

Private mIds(0 To 15) As String
Private mItems(0 To 15, 0 To 30, 0 To 10) As String
Private mCounts(0 To 15) As Long
Private mKeys(0 To 15) As String
Private mUsed As Long
Private mNames(0 To 15) As String
Private mNameCount As Long
Private mSheetKeys(0 To 15) As String
Private mAliases As String

' The number of a ledger in LEDGER_IDS, -1 where it is none.
Public Function LedgerNumber(ByVal ledger As String) As Long
    Dim at As Long
    LedgerNumber = -1
    For at = 0 To LedgerCount() - 1
        If mNames(at) = ledger Then LedgerNumber = at
    Next
End Function

Public Function LedgerId(ByVal number As Long) As String
    If mNameCount = 0 Then LedgerCount
    LedgerId = mNames(number)
End Function

Public Function LedgerCount() As Long
    Dim ids As Variant, at As Long
    If mNameCount = 0 Then
        ids = Split(LEDGER_IDS, "|")
        For at = 0 To UBound(ids)
            mNames(at) = ids(at)
        Next
        mNameCount = UBound(ids) + 1
    End If
    LedgerCount = mNameCount
End Function

' Where a ledger's items are kept; its lines are parted once.
Private Function Slot(ByVal ledger As String) As Long
    Dim at As Long, lines As Variant, parts As Variant, part As Long
    For at = 0 To mUsed - 1
        If mIds(at) = ledger Then Slot = at: Exit Function
    Next
    mIds(mUsed) = ledger
    lines = Split(LedgerText(ledger), vbLf)
    For at = 0 To UBound(lines)
        parts = Split(lines(at), "|")
        For part = 0 To UBound(parts)
            mItems(mUsed, at, part) = parts(part)
        Next
    Next
    mCounts(mUsed) = UBound(lines)
    Slot = mUsed
    mUsed = mUsed + 1
End Function

' One item of a column: 0 field 1 heading 2 kind 3 required 4 asof 5 list 6 aliases 7 free 8 covered 9 hint 10 width.
Public Function Item(ByVal ledger As String, ByVal field As Long, ByVal number As Long) As String
    Dim place As Long
    place = Slot(ledger)
    Item = mItems(place, field, number)
End Function

' An item of the sheet: 0 name 1 aliases 2 private 3 travels 4 offices.
Public Function SheetItem(ByVal ledger As String, ByVal number As Long) As String
    Dim place As Long
    place = Slot(ledger)
    SheetItem = mItems(place, 0, number)
End Function

Public Function FieldCount(ByVal ledger As String) As Long
    Dim place As Long
    place = Slot(ledger)
    FieldCount = mCounts(place)
End Function

' The number of a field in its ledger, from 1; 0 where it has none.
Public Function FieldAt(ByVal ledger As String, ByVal name As String) As Long
    Dim at As Long, place As Long
    place = Slot(ledger)
    For at = 1 To mCounts(place)
        If mItems(place, at, 0) = name Then FieldAt = at: Exit Function
    Next
End Function

' What a header means: a field's number, IGNORED, LMP or NO_FIELD.
Public Function FieldOfKey(ByVal ledger As String, ByVal key As String) As Long
    Dim known As String, at As Long
    FieldOfKey = NO_FIELD
    If Len(key) = 0 Then Exit Function
    known = KeysOf(ledger)
    at = InStr(known, vbLf & key & "=")
    If at > 0 Then FieldOfKey = CLng(Mid(known, at + Len(key) + 2, 3))
End Function

' Every header key with its field, as "key=005", parted by line feeds; headings before aliases.
Public Function KeysOf(ByVal ledger As String) As String
    Dim known As String, at As Long, word As Long, words As Variant, place As Long
    place = Slot(ledger)
    If mKeys(place) <> "" Then KeysOf = mKeys(place): Exit Function
    known = vbLf
    For at = 1 To FieldCount(ledger)
        known = known & HeaderKey(Item(ledger, at, 1)) & "=" & Format(at, "000") & vbLf
    Next
    For at = 1 To FieldCount(ledger)
        words = Split(Item(ledger, at, 6), ";")
        For word = 0 To UBound(words)
            known = known & HeaderKey("" & words(word)) & "=" & Format(at, "000") & vbLf
        Next
    Next
    If ledger = "pregnancies" Then
        words = Split(LAST_PERIOD, "|")
        For word = 0 To UBound(words)
            known = known & HeaderKey("" & words(word)) & "=" & LMP & vbLf
        Next
    End If
    If ledger <> "cover" Then
        words = Split(IGNORED_HEADERS, "|")
        For word = 0 To UBound(words)
            known = known & HeaderKey("" & words(word)) & "=000" & vbLf
        Next
    End If
    mKeys(place) = known
    KeysOf = known
End Function

' The ledger a sheet's name says it is, -1 where it says none; exact: it is the sheet's own name.
Public Function LedgerOfName(ByVal name As String, ByRef exact As Boolean) As Long
    Dim key As String, at As Long, words As Variant, word As Long, longest As Long, own As String
    key = HeaderKey(name)
    LedgerOfName = -1
    exact = False
    If mAliases = "" Then
        For at = 0 To LedgerCount() - 1
            mSheetKeys(at) = HeaderKey(SheetItem(LedgerId(at), 0))
            words = Split(SheetItem(LedgerId(at), 1), ";")
            For word = 0 To UBound(words)
                mAliases = mAliases & vbLf & HeaderKey("" & words(word)) & "=" & Format(at, "00")
            Next
        Next
    End If
    For at = 0 To LedgerCount() - 1
        If mSheetKeys(at) = key Then LedgerOfName = at: exact = True: Exit Function
    Next
    at = InStr(mAliases, vbLf & key & "=")
    If at > 0 Then LedgerOfName = CLng(Mid(mAliases, at + Len(key) + 2, 2)): Exit Function
    For at = 0 To LedgerCount() - 1
        own = mSheetKeys(at)
        If InStr(key, own) > 0 And Len(own) > longest Then LedgerOfName = at: longest = Len(own)
    Next
End Function

' The first forbidden word in a header, "" where there is none: known words are looked for first, the longest before the shorter.
Public Function ForbiddenWord(ByVal ledger As String, ByVal header As String) As String
    Dim text As String, words As Variant, at As Long, word As Long, found As String, bare As String
    text = Plain(header)
    For at = 1 To 11
        text = Replace(text, Mid(" *＊/／、，,:：" & ChrW(&H3000), at, 1), "")
    Next
    words = Split(HeaderWords(ledger), "|")
    at = 1
    Do While at <= Len(text)
        found = ""
        For word = 0 To UBound(words)
            bare = words(word)
            If Left(bare, 1) = "!" Then bare = Mid(bare, 2)
            If Mid(text, at, Len(bare)) = bare Then
                If Left(words(word), 1) = "!" Then ForbiddenWord = bare: Exit Function
                found = bare
                Exit For
            End If
        Next
        If found = "" Then at = at + 1 Else at = at + Len(found)
    Loop
End Function
