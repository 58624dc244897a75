Attribute VB_Name = "Values"
Option Explicit
' Values of Model written into cells, as `ledger release` and `ledger carry` write them.

Private Const LONGEST_UNREAD As Long = 200

' One value into one cell. Text stays text (a leading = is no formula), days are real days, lists show code and label.
Public Sub PutValue(cell As Object, ByVal ledger As String, ByVal field As Long, ByVal value As String)
    Dim kind As String
    If value = "" Then Exit Sub
    kind = Item(ledger, field, 2)
    If IsUnread(value) Then
        PutText cell, Mid(value, Len(UNREAD_MARK) + 1)
    ElseIf kind = "date" Then
        cell.NumberFormat = "yyyy-mm-dd"
        cell.Value = CDate(CDbl(value))
        cell.NumberFormat = "yyyy-mm-dd"
    ElseIf kind = "count" Or kind = "flag" Or kind = "money" Then
        If cell.NumberFormat = "@" Or cell.NumberFormat = "General" Then cell.NumberFormat = IIf(kind = "money", "#,##0.00", "0")
        cell.Value = Val(value)
    ElseIf kind = "bool" Then
        PutText cell, IIf(value = "1", "是", "否")
    ElseIf kind = "choice" Or kind = "multi" Then
        PutText cell, WithLabels(Item(ledger, field, 5), value)
    Else
        PutText cell, value
    End If
End Sub

Public Sub PutText(cell As Object, ByVal text As String)
    cell.NumberFormat = "@"
    cell.Value = text
End Sub

' 1;3 as "1 宣传教育；3 产检提醒".
Public Function WithLabels(ByVal list As String, ByVal value As String) As String
    Dim known As String, codes As Variant, number As Long, at As Long, ends As Long, one As String
    known = vbLf & ListText(list) & vbLf
    codes = Split(value, ";")
    For number = 0 To UBound(codes)
        one = codes(number)
        at = InStr(known, vbLf & one & "=")
        If at > 0 Then
            ends = InStr(at + 1, known, vbLf)
            one = one & " " & Mid(known, at + Len(one) + 2, ends - at - Len(one) - 2)
        End If
        WithLabels = WithLabels & IIf(number > 0, "；", "") & one
    Next
End Function

' A record's value with what the cell itself says where the value cannot: texts too long, results never stored, digits lost.
Public Function ValueAt(ByVal k As Long, values As Variant, ByVal at As Long, ByVal field As Long) As String
    Dim text As String, raw As Variant
    text = values(at, field)
    If text = "" And Item(LedgerId(k), field, 0) = "unit_code" Then text = UnitCode
    If text = UNREAD_MARK & "#" Or text = UNREAD_MARK Then
        raw = RawAt(k, at, field)
        If VarType(raw) = vbString Then
            text = UNREAD_MARK & "#G112!"
        ElseIf VarType(raw) = vbDouble Then
            text = UNREAD_MARK & Typed(raw)
        Else
            text = UNREAD_MARK & "#G107!"
        End If
    End If
    If IsUnread(text) And Len(text) > LONGEST_UNREAD + Len(UNREAD_MARK) Then text = UNREAD_MARK & "#G112!"
    ValueAt = text
End Function

' A day's serial number; 0 where there is none that could be read.
Public Function DayOrNone(ByVal value As String) As Long
    If value <> "" And Not IsUnread(value) Then DayOrNone = CLng(value)
End Function
